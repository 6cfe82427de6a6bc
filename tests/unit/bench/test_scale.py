from tests.bench.figures import Line
from tests.bench.scale import STEPS, Measured, markdown, plot

SECONDS = dict(zip(STEPS.values(), (2.0, 3.0, 4.0, 1.0), strict=True))


def measured(documents: int) -> Measured:
    return Measured(
        documents=documents,
        rows=100 * documents,
        near_duplicates=0.03,
        steps=SECONDS,
        stored_cpu=20.0,
        stored_peak_mib=300,
        unchanged_wall=2.0,
        unchanged_cpu=1.5,
        unchanged_peak_mib=160,
        new_documents=documents // 100,
        extracting_cpu=38.5,
        new_cpu=50.0,
        new_steps=SECONDS,
        publish_ratio=0.8,
    )


def test_new_documents_are_held_against_their_extraction_and_an_unchanged_build() -> None:
    assert measured(1_000).new_ratio == 50.0 / (38.5 + 1.5)


def test_the_tables_say_what_was_measured_and_what_was_asked() -> None:
    text = markdown([Line("seconds", 2.0, "≤ 10")], [measured(1_000), measured(10_000)])
    assert "| seconds | 2.00 | ≤ 10 |" in text
    assert "| 10,000 | 1,000,000 | 2.0 | 3.0 | 4.0 | 1.0 |" in text
    assert len({line.count("|") for line in text.splitlines()[4:]}) == 1


def test_the_plot_has_a_line_for_each_stage() -> None:
    drawn = plot([measured(1_000), measured(10_000)])
    for stage in (*STEPS.values(), "nothing changed", "1 % new, CPU"):
        assert f">{stage}<" in drawn
