"""What is not English, or no running text, is refused with its reason; what may be an English article is taken."""

from __future__ import annotations

import pytest

from extract.forms.base import Source
from extract.forms.plain import text_document
from extract.language import why_not_read
from extract.schema import Document, Refusal

OTHER = {
    "Cyrillic": "Полиция сообщила, что в понедельник на мосту задержали трёх человек, которые ехали на рынок. "
    "Никто не пострадал, и дорога снова открыта.",
    "Cyrillic letters": "Рӯзи душанбе дар бозор се нафар дастгир шуданд, ки ба шаҳр мерафтанд. Роҳ боз кушода аст.",
    "Turkish": "Polis, pazartesi günü köprüde üç kişiyi gözaltına aldı ve daha sonra bir açıklama yaptı. Bu yol için "
    "yapılan çalışma ise yarın kadar sürecek, olay ile ilgili bir yaralı yok.",
    "German": "Die Polizei hat am Montag auf der Brücke drei Männer festgenommen, die aus dem Tal zum Markt wollten. "
    "Verletzt wurde niemand, und die Straße ist wieder frei.",
    "Arabic": "قالت الشرطة إن ثلاثة أشخاص اعتقلوا يوم الاثنين على الجسر عندما كانوا في طريقهم إلى السوق ولم يصب أحد.",
    "French": "La police a arrêté lundi sur le pont trois hommes qui venaient de la vallée pour le marché. Personne "
    "n'est blessé et la route est de nouveau ouverte dans les deux sens.",
}
MENU = "Home\nNews\nWorld\nCentral Asia\nVideo\nWeather\nAbout us\nContact"


@pytest.mark.parametrize("language", OTHER)
def test_another_language_is_refused_and_named(language: str) -> None:
    item = text_document(OTHER[language], Source("a.txt", "a"))
    assert isinstance(item, Refusal)
    assert item.reason.startswith(f"not in English ({language}")


@pytest.mark.parametrize("text", [MENU, "Home | News | World | Sport | Weather | Contact us"])
def test_a_menu_is_no_article(text: str) -> None:
    item = text_document(text, Source("a.txt", "a"))
    assert isinstance(item, Refusal) and item.reason.startswith("no article text")


@pytest.mark.parametrize(
    "text",
    [
        "Police held three men in Osh on Monday. Nobody was hurt.",
        "Bomb kills two in Kabul",
        "The ministry said: " + OTHER["German"] + " That was all it said of the three men who were held at the bridge, "
        "and the mayor would not add to it when he was asked by those who had come from the valley to the market.",
        "The witness spoke to us in her own words. " + OTHER["Cyrillic"][:60] + " She said it was the quiet that she "
        "had feared, and that the men who came to the bridge had been seen there before.",
        "10.01 Almaty: sweep, 11 det., susp. of transfers; 3 rel.\n12.01 Osh: 2 arr., arms found.\n14.01 Kulob: 1 det.",
        "Region | arrivals\nSicily | 120\nPuglia | 30\nCalabria | 44\nLazio | 2\nMarche | 1\nMolise | 0",
        "Arrests\nKabul 12\nHerat 3\nKunduz 4\nBalkh 2\nGhor 1",
    ],
)
def test_english_stays_in_however_short_or_mixed(text: str) -> None:
    assert why_not_read(text) is None
    assert isinstance(text_document(text, Source("a.txt", "a")), Document)
