"""Which elements of HTML are what."""

from __future__ import annotations


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
BLOCKS = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe label legend li main menu nav"
    " noscript object ol option p pre section select summary svg table"
    " tbody td textarea tfoot th thead title tr ul video audio"
)
ENDS_PARAGRAPH = BLOCKS - _names("button label option noscript object video audio iframe svg select textarea")
UNSEEN = _names("script style template svg math iframe object textarea select datalist canvas")
RAW_TEXT = _names("script style textarea title iframe xmp")
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
PARAGRAPHS = _names("p li blockquote dd dt pre td h2 h3 h4 h5 h6")
AROUND_THE_ARTICLE = _names("nav footer aside header form button dialog menu title head noscript label option")
# what an opening tag closes by itself, and where that ends (HTML standard, optional tags)
CLOSED_BY = {
    "li": (("li",), ("ul", "ol", "menu")),
    "dt": (("dd", "dt"), ("dl",)),
    "dd": (("dd", "dt"), ("dl",)),
    "tr": (("td", "th", "tr"), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "option": (("option",), ("select",)),
}
SHOWN_AS_THEY_ARE = _names(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn"
    " div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark nav ol p pre q s samp"
    " section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var"
)
DROPPED_WITH_CONTENT = _names("script style template title textarea select noembed noframes iframe object svg math")
