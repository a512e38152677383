"""What anybody may read without signing in: the accessibility statement, and the privacy page for staff."""

from __future__ import annotations

from storage.staff import Role
from tests.console.desk import Console


async def test_the_statement_has_what_the_regulations_ask_for(console: Console) -> None:
    text = (await console.client().get("/accessibility")).text
    for part in (
        "This accessibility statement applies to",
        "How accessible this website is",
        "Tell us what does not work, or ask for another way",
        "If our answer does not help you",
        "Equality and Human Rights Commission",
        "https://www.equalityadvisoryservice.com/",
        "(No. 2) Accessibility Regulations 2018",
        "partially compliant",
        "version 2.2",
        "What was not tested",
        "This statement was prepared on",
    ):
        assert part in text, part


async def test_in_northern_ireland_another_commission_helps(console: Console) -> None:
    admin = await console.as_(Role.ADMINISTRATOR)
    hours = {"days": ["0"], "opens": "9am", "closes": "5pm", "division": "northern-ireland"}
    await admin.post("/settings/hours", hours)
    text = (await console.client().get("/accessibility")).text
    assert "Equality Commission for Northern Ireland" in text
    assert "equalityadvisoryservice" not in text


async def test_staff_can_read_what_is_kept_about_them(console: Console) -> None:
    text = (await console.client().get("/privacy")).text
    assert "What the audit keeps" in text
    assert "30 minutes" in text
    assert "12 hours" in text


async def test_both_are_at_the_foot_of_every_page(console: Console) -> None:
    text = (await console.client().get("/sign-in")).text
    assert 'href="/accessibility"' in text
    assert 'href="/privacy"' in text
