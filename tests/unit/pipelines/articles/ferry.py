"""An invented article, and a page around it, that tests of this room read."""

FERRY = [
    "The harbour of Vessby was closed on Tuesday after two ferries collided in thick fog, and "
    "thirty passengers were taken to the hospital in the town, the coast guard said.",
    "“It was quiet for a second, and then everybody was shouting,” said Ida Holm, who had been on "
    "the upper deck of the smaller ferry with her two children.",
    "Nobody was badly hurt, according to the hospital, though one woman was kept there overnight "
    "with a broken arm and will be sent home later in the week.",
    "The port will open again when divers have looked at both hulls, which could take until the "
    "weekend, the harbour master told reporters at the quay.",
]


def page(*, before: str = "", between: str = "", after: str = "") -> str:
    menu = "Skip to content\n* Home\n* News\n* Sport\n* Weather\nSubscribe\nLog in\nSearch\n\n"
    title = "Two ferries collide in fog off Vessby, closing harbour\n\n"
    foot = (
        "\n* Privacy Policy\n* Terms of Use\n* Contact us\n© 2021 Vessby Post. All rights reserved"
    )
    first, second = "\n\n".join(FERRY[:2]), "\n\n".join(FERRY[2:])
    return f"{menu}{title}{before}\n\n{first}\n\n{between}\n\n{second}\n\n{after}\n{foot}"
