"""From a picture of a card to what an artist draws: only what its facilitator may see goes in. Draws nothing."""

from __future__ import annotations

from bot.charts.jobs import GapChart, Job, OverviewChart, Poster, PrincipleChart
from bot.wording import Wordings
from conversations.cards import Picture
from conversations.questionnaire import Questionnaire
from conversations.results import results
from conversations.situation import AssessmentView, Links

MOST_LANGUAGES = 2
"""So many at most stand on one poster: with more, nothing on it could be read from afar."""


def job_of(
    view: AssessmentView,
    picture: Picture,
    *,
    questionnaire: Questionnaire,
    wordings: Wordings,
    language: str,
    links: Links,
) -> Job | None:
    """What an artist needs to draw a picture of this assessment; None when there is nothing to show.

    ``language``: that of whoever looks at it. A poster may ask for others, of those on offer.
    """
    if picture.kind == "poster":
        group = view.group(picture.about)
        spoken = picture.languages or (language,)
        if group is None or not _on_offer(spoken, wordings):
            return None
        wording, *others = (wordings.speak(code) for code in spoken)
        return Poster(
            organisation=view.organisation,
            group=group.group.label,
            code=group.group.code,
            link=_link(links, group.group.code),
            practice=view.practice,
            wording=wording,
            second=others[0] if others else None,
        )
    wording = wordings.speak(language)
    found = results(view)
    if picture.kind == "principle":
        known = picture.about in {principle.id for principle in questionnaire.principles}
        if not known or not view.shown(picture.about):
            return None
        return PrincipleChart(results=found, questionnaire=questionnaire, principle=picture.about, wording=wording)
    if not any(view.shown(principle.id) for principle in questionnaire.principles):
        return None
    chart = GapChart if picture.kind == "gaps" else OverviewChart
    return chart(results=found, questionnaire=questionnaire, wording=wording)


def _on_offer(languages: tuple[str, ...], wordings: Wordings) -> bool:
    """Whether a poster can be made in these. An address of a picture can be forged."""
    twice = len(set(languages)) < len(languages)
    return not twice and len(languages) <= MOST_LANGUAGES and all(code in wordings.languages for code in languages)


def _link(links: Links, code: str) -> str:
    """Where a poster's square leads: the web page, which also leads into the chat.

    Straight into the chat where no telephone can open the web page.
    """
    payload = f"c-{code.replace('-', '')}"
    chat = links.telegram(payload)
    return chat if chat and links.near else links.page(payload)
