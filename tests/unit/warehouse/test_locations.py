import pytest

from warehouse.locations import LocationError, Object, Prefix, explained, is_url, prefix


@pytest.mark.parametrize("url", ["s3://news/seeds", "s3://news/seeds/", "s3://news"])
def test_a_url_names_a_bucket_and_what_its_objects_begin_with(url: str) -> None:
    place = prefix(url)
    assert str(place) == url.rstrip("/")
    assert place / "wire/a b é.txt" == Object(f"{place.root}/wire/a b é.txt")


@pytest.mark.parametrize(
    "url", ["s3://", "s3:///", "s3://news//seeds", "gs://news", "https://news"]
)
def test_other_urls_are_refused_with_what_to_write(url: str) -> None:
    assert is_url(url)
    with pytest.raises(LocationError, match="s3://BUCKET/PREFIX"):
        prefix(url)


def test_a_folder_is_no_url() -> None:
    assert not is_url("seeds")
    assert not is_url("/srv/news:desk/seeds")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("AWS Error NO_SUCH_BUCKET during ListObjectsV2 operation: …", "there is no such bucket"),
        ("AWS Error ACCESS_DENIED during HeadObject operation: …", "access is denied"),
        ("AWS Error INVALID_ACCESS_KEY_ID during …", "check AWS_ACCESS_KEY_ID"),
        ("AWS Error NETWORK_CONNECTION during …: curlCode: 6, …", "check AWS_ENDPOINT_URL"),
        ("AWS Error UNKNOWN (HTTP status 301) during …", "check AWS_REGION"),
        ("AWS Error SLOW_DOWN during …", "SLOW_DOWN"),
    ],
)
def test_what_a_server_says_is_told_in_plain_words(said: str, meant: str) -> None:
    with pytest.raises(LocationError, match=meant), explained(Prefix("news/seeds")):
        raise OSError(f"When listing objects: {said}")


def test_no_input_is_refused_because_the_server_or_the_keys_fail() -> None:
    assert not issubclass(LocationError, OSError | ValueError)


def test_an_object_that_is_gone_is_a_missing_file() -> None:
    with (
        pytest.raises(FileNotFoundError, match="There is no such object"),
        explained(Object("news/seeds/a.txt")),
    ):
        raise FileNotFoundError(2, "Path does not exist")
