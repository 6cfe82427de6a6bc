"""Hard cases of who speaks, in wordings of our own."""

import pytest
from spacy.language import Language

from pipelines.articles.article import Block
from pipelines.entities.finder import find_mentions
from pipelines.parsing import parse
from pipelines.quotes.finder import find_quotes
from tests.unit.pipelines.quotes.conftest import Reader, Said


def quoted(said: list[Said]) -> list[tuple[str, str | None]]:
    """What was quoted and by whom, statements without marks left out."""
    return [(s.text, s.name) for s in said if s.kind != "indirect"]


@pytest.mark.parametrize(
    "text",
    [
        "“The yard is closed,” said Ruth Calder, owner of the yard.",
        "“The yard is closed,” says Ruth Calder, 61, a boatbuilder from Varn.",
        "“The yard is closed,” added Ruth Calder, who had said little until then.",
        "“The yard is closed,” owner Ruth Calder told me.",
        "“The yard is closed,” the yard’s owner and manager, Ruth Calder, said.",
    ],
)
def test_the_speaker_after_or_before_the_verb(read: Reader, text: str) -> None:
    assert quoted(read(text)) == [("The yard is closed,", "Ruth Calder")]


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Calder shook her head: “The yard is closed.”",
        "Ruth Calder had only four words for the council: “The yard is closed.”",
        "From Ruth Calder’s letter: “The yard is closed.”",
        "The message from Ruth Calder was plain: “The yard is closed.”",
    ],
)
def test_a_sentence_with_a_colon_introduces(read: Reader, text: str) -> None:
    assert quoted(read(text)) == [("The yard is closed.", "Ruth Calder")]


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Calder closed the yard.\n\n“There was no work left.” So says Calder, at least.",
        "Ruth Calder closed the yard.\n\n“There was no work left.” Those were the words of Calder.",
        "Ruth Calder closed the yard.\n\n“There was no work left.” That is how Calder put it.",
    ],
)
def test_the_next_sentence_may_tell_who_spoke(read: Reader, text: str) -> None:
    assert quoted(read(text)) == [("There was no work left.", "Ruth Calder")]


@pytest.mark.parametrize(
    "text",
    [
        "Ruth Calder was quoted as saying the yard would close.",
        "Ruth Calder was reported to have told the men that the yard would close.",
        "Ruth Calder was overheard saying that the yard would close.",
    ],
)
def test_a_passive_may_name_who_speaks(read: Reader, text: str) -> None:
    assert [s.name for s in read(text)] == ["Ruth Calder"]


@pytest.mark.parametrize(
    "text",
    [
        "“It is over,” Calder said, and Marsh replied, “It has only begun.”",
        "“It is over,” said Calder. “It has only begun,” said Marsh.",
        "Calder said: “It is over.” Marsh said: “It has only begun.”",
    ],
)
def test_two_who_speak_keep_their_own_words(read: Reader, text: str) -> None:
    said = quoted(read(f"Ruth Calder met Owen Marsh on Friday.\n\n{text}"))
    assert [(w.rstrip(".,"), n) for w, n in said] == [
        ("It is over", "Ruth Calder"),
        ("It has only begun", "Owen Marsh"),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Is it true that Owen Marsh wants to buy it?",
        "What does Owen Marsh want, I ask.",
        "I ask whether Owen Marsh will buy it.",
    ],
)
def test_who_is_asked_about_does_not_answer(read: Reader, question: str) -> None:
    met = "Ruth Calder meets me at the gate. “Mind the step,” she says."
    text = f"{met}\n\n{question}\n\n“Never,” she says."
    assert quoted(read(text))[-1] == ("Never,", "Ruth Calder")


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Q: {q}\n\nA: {a}\n\nQ: {q}\n\nA: {a}", "Ruth Calder"),
        ("OWEN MARSH: {q}\n\nRUTH CALDER: {a}\n\nMARSH: {q}\n\nCALDER: {a}", "Ruth Calder"),
        ("MR OWEN MARSH: {q}\n\nMS RUTH CALDER: {a}\n\nMARSH: {q}\n\nCALDER: {a}", "Ruth Calder"),
        (
            "**Owen Marsh:** {q}\n\n**Ruth Calder:** {a}\n\n**OM:** {q}\n\n**RC:** {a}",
            "Ruth Calder",
        ),
    ],
)
def test_the_labels_of_an_interview_are_cast(read: Reader, label: str, name: str) -> None:
    turns = label.format(q="When did the yard close?", a="On a Friday. It rained.")
    said = read(f"Ruth Calder has closed her yard.\n\n{turns}")
    answers = [s for s in said if s.text.startswith("On a Friday")]
    assert [s.name for s in answers] == [name, name]


@pytest.mark.parametrize(
    "between",
    [
        ("boilerplate", "ADVERTISEMENT"),
        ("caption", "The slip at Varn in May. Photo: Ines Lund"),
        ("related", "Owen Marsh: ‘I never paid a bill’"),
    ],
)
def test_what_stands_between_two_parts_parts_nothing(
    nlp: Language, between: tuple[str, str]
) -> None:
    kind, line = between
    parts = [
        ("body", "“There was no work left,” Ruth Calder said.\n\n"),
        (kind, f"{line}\n\n"),
        ("body", "“I told the men on a Friday.”"),
    ]
    text, blocks = "", []
    for part_kind, part in parts:
        blocks.append(Block(part_kind, len(text), len(text) + len(part)))  # type: ignore[arg-type]
        text += part
    doc = parse(nlp, text, blocks)
    mentions, entities = find_mentions(doc, text, blocks)
    quotes = find_quotes(doc, text, blocks, mentions, entities, [])
    names = [entities[q.speaker_local].name for q in quotes if q.speaker_local is not None]
    assert names == ["Ruth Calder"] * len(quotes)
    assert len(quotes) in (1, 2)


@pytest.mark.parametrize(
    "headline",
    [
        "‘I told the men on a Friday’",
        "“I told the men on a Friday”: the end of a yard",
        "Calder: ‘I told the men on a Friday’",
    ],
)
def test_a_headline_that_repeats_the_text_has_its_speaker(nlp: Language, headline: str) -> None:
    body = "“I told the men on a Friday,” said Ruth Calder, who ran the yard."
    text = f"{headline}\n\n{body}"
    edge = len(headline) + 2
    blocks = [Block("title", 0, edge), Block("body", edge, len(text))]
    doc = parse(nlp, text, blocks)
    mentions, entities = find_mentions(doc, text, blocks)
    quotes = find_quotes(doc, text, blocks, mentions, entities, [])
    names = [q.speaker_local is not None and entities[q.speaker_local].name for q in quotes]
    assert names == ["Ruth Calder"] * 2


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("“It is over,” a spokesman for the port said.", "anonymous"),
        ("“It is over,” one resident said.", "anonymous"),
        ("“It is over,” a source close to the yard said.", "anonymous"),
        ("“It is over,” residents said.", "collective"),
        ("“It is over,” police said.", "collective"),
        ("“It is over,” three of the men said.", "collective"),
        ("“It is over,” the harbour master said.", "role"),
    ],
)
def test_who_is_not_named_is_marked_as_such(read: Reader, text: str, form: str) -> None:
    (said,) = read(text)
    assert (said.quote.speaker_form, said.name) == (form, None)


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Owen Marsh rejected Ruth Calder’s claim that the yard was safe.", "safe", "Ruth Calder"),
        ("Ruth Calder’s answer was that the yard was safe.", "safe", "Ruth Calder"),
        ("A letter sent by Ruth Calder said the yard was safe.", "safe", "Ruth Calder"),
    ],
)
def test_nouns_and_texts_that_report(read: Reader, text: str, words: str, speaker: str) -> None:
    (said,) = read(text)
    assert (said.text.endswith(words), said.name) == (True, speaker)
