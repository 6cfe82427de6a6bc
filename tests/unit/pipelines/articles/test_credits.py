"""Captions, agency credits and notes about authors."""

import pytest

from pipelines.articles.credits import is_about_author, is_caption, is_credit_note


@pytest.mark.parametrize(
    "line",
    [
        "FILE PHOTO: The harbour of Vessby in winter.",
        "The harbour of Vessby in winter. (Picture: Getty)",
        "The harbour of Vessby in winter. Ida Holm",
        "The harbour of Vessby in winter REUTERS/Ida Holm",
        "Photo: Vessby Coast Guard",
        "Ida Holm, left, and Tom Okoro wait at the quay.",
        "Divers wait at the quay in Vessby, Norway, March 9, 2021.",
        "Picture taken March 9, 2021.",
        "Image caption The harbour of Vessby in winter",
        "Getty Images",
    ],
)
def test_captions_are_known_by_their_credit_or_their_wording(line: str) -> None:
    assert is_caption(line, len(line.split()))


@pytest.mark.parametrize(
    "line",
    [
        "The harbour was closed on Tuesday, the coast guard said.",
        "“We took a photo of the fog,” said Ida Holm, who had left the ferry.",
        "She showed reporters a photo: it was blurred, and nobody could see the second ferry.",
        "The company was founded on March 9, 2021.",
        "“It was quiet for a second.” Ida Holm",
    ],
)
def test_running_text_about_pictures_is_no_caption(line: str) -> None:
    assert not is_caption(line, len(line.split()))


@pytest.mark.parametrize(
    ("line", "is_note"),
    [
        ("Associated Press contributed.", True),
        ("Associated Press writer Ida Holm contributed to this report.", True),
        ("(Reporting by Ida Holm; Editing by Tom Okoro)", True),
        ("With files from Reuters", True),
        ("With reports from Reuters and the Vessby Post", True),
        ("With reports from the quay still coming in, the mayor closed the harbour.", False),
        ("Correction: An earlier version gave a wrong age.", True),
        ("Follow Ida Holm on Twitter @idaholm", True),
        ("Apple today showed a new telephone.", False),
        ("The fog contributed to the crash.", False),
        ("Reuters reported that two ferries had collided.", False),
    ],
)
def test_credits_and_corrections_are_notes(line: str, is_note: bool) -> None:
    assert is_credit_note(line, len(line.split())) is is_note


def test_a_note_about_an_author_begins_with_the_name_and_tells_a_job() -> None:
    authors = ("Ida Holm",)
    assert is_about_author("Ida Holm is a freelance reporter based in Vessby.", authors)
    assert not is_about_author("Ida Holm is a fisherman who saw the crash.", authors)
    assert not is_about_author("Tom Okoro is a reporter in Vessby.", authors)
