"""Who a speaker is: from the phrase at the cue, or from who spoke before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from pipelines.entities.lexicon import roles
from pipelines.entities.mention import LocalEntity, Mention
from pipelines.quotes.authorship import authors
from pipelines.quotes.casting import cast
from pipelines.quotes.cues import find_cues
from pipelines.quotes.discourse import Discourse
from pipelines.quotes.frames import DASHES, Frame
from pipelines.quotes.introductions import introducer, is_label
from pipelines.quotes.lexicon import is_verb, lemma, words
from pipelines.quotes.linking import name_line, names_speech, signature
from pipelines.quotes.quote import SpeakerForm
from pipelines.quotes.speakers import Mentions, Phrase, phrase_of
from pipelines.quotes.statements import Statement
from pipelines.quotes.subjects import is_passive, subject_of


@dataclass(frozen=True, slots=True)
class Speaker:
    """A statement's speaker: the phrase in the text, the entity, and how sure that is (0 to 1)."""

    phrase: Phrase | None
    local: int | None
    confidence: float


#: Nobody can be told.
NOBODY = Speaker(None, None, 0.0)
_LONGEST_ROLE = 16
#: So many words are rarely said twice by chance.
_FEWEST_REPEATED = 3
#: After how many frames without a word from anyone a quotation alone is nobody's.
_STALE = 4
_BREAKS = frozenset(',—–;.(“"‘')
#: The pronouns of whose words they are: “her claim that …”.
_NOMINATIVE = {"his": "he", "her": "she", "its": "it", "their": "they"}
_INTERVIEWER = frozenset({"i", "we", "me"})


class SpeakerFinder:
    """Names the speakers of an article's statements, one after the other."""

    def __init__(
        self,
        text: str,
        frames: Sequence[Frame],
        mentions: Mentions,
        entities: Sequence[LocalEntity],
    ) -> None:
        self.text = text
        self.frames = frames
        self.mentions = mentions
        self.entities = entities
        self.discourse = Discourse(frames, mentions, entities)
        #: The mentions before a transcript's first turn.
        self.opening: list[Mention] | None = None
        #: Who spoke last, in which frame, and who spoke before.
        self.running = NOBODY
        self.running_frame = -1
        self.before_running = NOBODY
        self.before_running_frame = -1

    def find(self, statements: Sequence[Statement]) -> list[Speaker]:
        """The speaker of each statement, in the statements' order."""
        found = [self._speaker(statement) for statement in statements]
        return self._repeated(statements, found)

    def _speaker(self, statement: Statement) -> Speaker:
        if statement.route == "turn" and statement.speaker is not None:
            speaker = self._turn_taken(statement, statement.speaker)
        elif statement.speaker is not None:
            phrase = phrase_of(statement.speaker, self.text, self.mentions)
            speaker = self._resolve(phrase, statement)
            vague = speaker.local is None and speaker.confidence < 0.5
            if statement.route == "colon" and vague and not _may_speak(statement.speaker):
                around = self._from_context(statement)
                speaker = speaker if around.local is None else around
        elif statement.cue is not None and is_passive(statement.cue.word):
            speaker = NOBODY
        elif statement.quotations:
            speaker = self._from_context(statement)
        else:
            speaker = NOBODY
        self._remember(speaker, statement)
        return speaker

    def _turn_taken(self, statement: Statement, label: Token) -> Speaker:
        """Whom the label of a transcript's turn means, whatever was read into its letters."""
        start, end = statement.frame.start, label.idx + len(label.text)
        while start < end and not self.text[start].isalnum():
            start += 1
        if self.opening is None:
            before = self.frames[: statement.frame_no]
            self.opening = [m for f in before for m in self.mentions.within(f.start, f.end)]
        local = cast(self.text[start:end], self.entities, self.opening)
        mention = self.mentions.spanning(start, end)
        form: SpeakerForm = "name" if local is not None else "role"
        phrase = Phrase(start, end, mention, form, label)
        sure = 0.3 if local is None else min(0.9, self._sureness(local, "name"))
        return Speaker(phrase, local, sure)

    def _remember(self, speaker: Speaker, statement: Statement) -> None:
        phrase = speaker.phrase
        if speaker.local is not None:
            self.discourse.spoke(speaker.local, statement.frame_no, statement.stretches[0][0])
            if phrase is not None and speaker.confidence >= 0.8:
                self.discourse.learn(speaker.local, phrase.head.lower_)
        if phrase is not None and phrase.head.lower_ in _INTERVIEWER:
            return
        if speaker.local is None and phrase is not None and phrase.form in ("role", "anonymous"):
            place = statement.stretches[0][0]
            self.discourse.stranger_spoke(phrase.head, statement.frame_no, place)
        if speaker.local is not None or phrase is not None:
            if not statement.quotations and speaker.local is None and self._quoted_since(statement):
                return
            if speaker.local is None or speaker.local != self.running.local:
                self.before_running = self.running
                self.before_running_frame = self.running_frame
            self.running, self.running_frame = speaker, statement.frame_no

    def _quoted_since(self, statement: Statement) -> bool:
        return self.running.local is not None and statement.frame_no - self.running_frame < 4

    def _resolve(self, phrase: Phrase, statement: Statement) -> Speaker:
        word = _NOMINATIVE.get(phrase.head.lower_, phrase.head.lower_)
        if word in ("he", "she"):
            local, sure = self.discourse.meant(
                word, statement.frame_no, phrase.start, statement.stretches
            )
            return Speaker(phrase, local, sure)
        if phrase.mention is not None:
            mention = self.mentions.all[phrase.mention]
            if mention.local is not None and phrase.form != "pronoun":
                local = self.discourse.fullest(mention.local)
                return Speaker(phrase, local, self._sureness(local, mention.form))
        if word in ("it", "they"):
            return self._same_body(phrase)
        if phrase.head.pos_ == "PROPN" and phrase.form != "collective":
            name = self.text[phrase.head.idx : phrase.head.idx + len(phrase.head.text)]
            local, sure = self.discourse.named(name, statement.frame_no)
            return Speaker(phrase, local, sure)
        author = self._author_of(phrase)
        if author is not None:
            return author
        body = self._body_called(phrase.head)
        return Speaker(phrase, body, 0.3 if body is None else 0.75)

    def _sureness(self, local: int, form: str) -> float:
        """How sure the speaker of a name or role mention is; a surname alone is half a name."""
        if self._is_person(local) and " " not in self.entities[local].name:
            return 0.5
        return 0.95 if form == "name" else 0.8

    def _author_of(self, phrase: Phrase) -> Speaker | None:
        """“The port’s report said”, “the last line of a note on the Varn website reads”: whose."""
        head = phrase.head
        if lemma(head) not in words("documents") | words("document_parts"):
            return None
        for token in authors(head):
            author = phrase_of(token, self.text, self.mentions)
            if author.form == "name" and author.mention is not None:
                local = self.mentions.all[author.mention].local
                return None if local is None else Speaker(author, local, 0.75)
        return None

    def _body_called(self, head: Token) -> int | None:
        """“The college said”: the last body named before it of which that is a word."""
        definite = any(
            c.lower_ in ("the", "its") and c.dep_ in ("det", "poss") for c in head.children
        )
        if not definite or head.pos_ not in ("NOUN", "PROPN"):
            return None
        for mention in reversed(self.mentions.within(0, head.idx)):
            if mention.type == "ORG" and mention.form == "name" and mention.local is not None:
                name = self.entities[mention.local].name.casefold().split()
                if len(name) > 1 and head.lower_ in name:
                    return mention.local
        return None

    def _same_body(self, phrase: Phrase) -> Speaker:
        """“It said”, “they said”: the body that spoke last."""
        local = self.running.local
        if local is not None and self.entities[local].type in ("ORG", "GPE"):
            return Speaker(phrase, local, 0.7)
        return Speaker(phrase, None, 0.3)

    def _from_context(self, statement: Statement) -> Speaker:
        """A quotation that no cue introduces: who the text is with goes on speaking."""
        signed = self._signed_below(statement) or self._told_next(statement)
        if signed is not None:
            return signed
        if statement.frame_no > 0:
            before = self.frames[statement.frame_no - 1]
            found = (
                self._announced(before, statement)
                or self._issued(before, statement)
                or self._spoken_of(before, statement)
            )
            if found is not None:
                return found
        if statement.frame.kind in ("title", "heading"):
            return NOBODY
        return self._goes_on(statement)

    def _issued(self, before: Frame, statement: Statement) -> Speaker | None:
        """“The port issued a statement. ‘…’”: who put out the words that follow."""
        for token in before.tokens:
            issues = is_verb(token) and lemma(token) in words("issuing_verbs")
            if not issues or not any(_is_message(c) for c in token.children if c.dep_ == "dobj"):
                continue
            subject = subject_of(token, {t.i for t in before.tokens})
            if subject is None or is_passive(token):
                return None
            speaker = self._resolve(phrase_of(subject, self.text, self.mentions), statement)
            return speaker if speaker.local is not None else None
        return None

    def _spoken_of(self, before: Frame, statement: Statement) -> Speaker | None:
        """“Lund shook her head. ‘…’”: the subject of the sentence before, questions apart."""
        no = statement.frame_no - 1
        asked = before.tokens[-1:] and before.tokens[-1].text == "?"
        if before.is_bare or asked or self.running_frame >= no:
            return None
        subject = self.discourse.subject(no)
        if subject is None or subject.lower_ in _INTERVIEWER:
            return None
        phrase = phrase_of(subject, self.text, self.mentions)
        local = self._resolve(phrase, statement).local
        if local is None or not self._is_person(local):
            return None
        same_block = before.block == statement.frame.block
        return Speaker(phrase, local, 0.75 if same_block else 0.7)

    def _goes_on(self, statement: Statement) -> Speaker:
        """The last speaker, or the one before where the quotation names the last."""
        running, frame_no = self.running, self.running_frame
        if self._is_named_in(running, statement):
            running, frame_no = self.before_running, self.before_running_frame
        distance = statement.frame_no - frame_no
        if distance > _STALE or self._is_named_in(running, statement):
            return NOBODY
        sure = 0.9 if distance <= 1 else 0.75
        return Speaker(running.phrase, running.local, min(sure, running.confidence))

    def _is_named_in(self, speaker: Speaker, statement: Statement) -> bool:
        local = speaker.local
        return local is not None and self.discourse.names(local, statement.stretches)

    def _announced(self, before: Frame, statement: Statement) -> Speaker | None:
        """“She added:” over a paragraph of its own."""
        tokens = before.tokens
        if not tokens or tokens[-1].text != ":" or not before.segments[-1]:
            return None
        cues = [c for c in find_cues(before) if c.speaker is not None][-1:]
        heads = [c.speaker for c in cues]
        heads += [introducer(tokens), self.discourse.subject(statement.frame_no - 1)]
        found = [
            self._resolve(phrase_of(head, self.text, self.mentions), statement)
            for head in heads
            if head is not None
        ]
        statement.cue = cues[0] if cues else None
        named = next((s for s in found if s.local is not None), None)
        return named or (found[0] if cues or is_label(tokens) else None)

    def _signed_below(self, statement: Statement) -> Speaker | None:
        """A name on its own, right below a quotation that stands on its own."""
        no = statement.frame_no
        if not statement.frame.is_bare or no + 1 >= len(self.frames):
            return None
        below = self.frames[no + 1]
        if below.quotations or not self.text[statement.frame.end : below.start].count("\n"):
            return None
        tokens = below.tokens
        dashed = tokens[0].text[:1] in DASHES
        head = signature(self.text, below.start, tokens) if dashed else name_line(tokens)
        if head is None:
            return None
        phrase = phrase_of(head, self.text, self.mentions)
        if not dashed and (phrase.mention is None or tokens[-1].text == "."):
            return None
        return self._resolve(phrase, statement)

    def _told_next(self, statement: Statement) -> Speaker | None:
        """“…” So says Lund. “…” Those were the words of Lund: who spoke comes a sentence late."""
        no = statement.frame_no + 1
        if not statement.frame.is_bare or no >= len(self.frames):
            return None
        after = self.frames[no]
        first = after.tokens[0] if after.tokens else None
        if after.block != statement.frame.block or after.quotations or first is None:
            return None
        if first.lower_ not in words("backward_words"):
            return None
        cue = next((c for c in find_cues(after) if c.speaker is not None), None)
        of_words = (t for t in after.tokens if lemma(t) == "word" and t.i > first.i)
        owners = [g for t in of_words for c in t.children if c.lower_ == "of" for g in c.children]
        head = cue.speaker if cue is not None else next(iter(owners), None)
        if head is None:
            return None
        if cue is not None:
            statement.cue = cue
        return self._resolve(phrase_of(head, self.text, self.mentions), statement)

    def _is_person(self, local: int) -> bool:
        return self.entities[local].type == "PERSON"

    def _repeated(self, statements: Sequence[Statement], found: list[Speaker]) -> list[Speaker]:
        """Pull quotes and headlines: the same words have the speaker they have in the body."""
        known: list[tuple[str, Speaker]] = []
        for statement, speaker in zip(statements, found, strict=True):
            if statement.cue is not None and speaker.local is not None and statement.quotations:
                known.append((self._said(statement), speaker))
        result = []
        for statement, speaker in zip(statements, found, strict=True):
            twin = None
            if known and statement.cue is None and statement.speaker is None:
                words = self._said(statement)
                enough = len(words.split()) >= _FEWEST_REPEATED
                twin = next((s for said, s in known if enough and words in said), None)
            result.append(twin or speaker)
        return result

    def _said(self, statement: Statement) -> str:
        parts = (self.text[s.start : s.end] for s in statement.spans if s.is_verbatim)
        return " ".join(re.findall(r"\w+", " ".join(parts).casefold()))


def _may_speak(head: Token) -> bool:
    """Whether a word before a colon names someone, if nobody known: “Same reporter: …”."""
    named = any(c.pos_ == "PROPN" and c.dep_ in ("appos", "compound") for c in head.children)
    return named or head.pos_ == "PROPN" or head.text[0] == "@" or lemma(head) in roles()


def _is_message(noun: Token) -> bool:
    return lemma(noun) in words("documents") or names_speech(noun)


def role_of(phrase: Phrase | None, text: str) -> str | None:
    """What the text calls the speaker, here and now."""
    if phrase is None:
        return None
    head = phrase.head
    if phrase.form in ("role", "anonymous", "collective"):
        return text[phrase.start : phrase.end].replace("\n", " ")
    described = [c.left_edge for c in head.children if c.dep_ == "appos" and c.i > head.i]
    if described and described[0].pos_ != "PROPN":
        return _description(described[0], text)
    titles = [c for c in head.children if c.dep_ == "compound" and c.idx < phrase.start]
    if titles:
        return text[titles[0].left_edge.idx : phrase.start].replace("\n", " ").strip(" ,") or None
    return None


def _description(first: Token, text: str) -> str | None:
    """An apposition up to its comma: “the port’s deputy head”."""
    if first.text in _BREAKS:
        return None
    last = first
    for token in first.doc[first.i : first.i + _LONGEST_ROLE]:
        if token.text in _BREAKS or token.dep_ in ("relcl", "ROOT"):
            break
        last = token
    return text[first.idx : last.idx + len(last.text)].replace("\n", " ").strip() or None
