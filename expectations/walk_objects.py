"""The objects of a bucket, for the independent count of the inputs: listed by rules of its own."""

from pyarrow import fs

from warehouse.locations import Prefix, explained, filesystem


def all_objects(seeds: Prefix) -> list[tuple[str, int, int]]:
    """Name below the prefix, size, and second of the last write of every object, in order."""
    start = len(seeds.root) + 1
    with explained(seeds):
        listed = filesystem().get_file_info(fs.FileSelector(seeds.root, recursive=True))
    found = [(i.path[start:], i.size, i.mtime) for i in listed if i.is_file]
    return sorted((name, size, int(at.timestamp()) if at else 0) for name, size, at in found)


def input_names(seeds: Prefix) -> list[str]:
    """The name of every object that is an input; the rules are those of a folder."""
    found = []
    for name, _, _ in all_objects(seeds):
        top = name.split("/")[0]
        is_about = top[:6] == "README" or top[:9] == "registry." or top[-5:] == ".toml"
        if not is_about and "/." not in f"/{name}":
            found.append(name)
    return found
