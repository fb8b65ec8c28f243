"""The words by which names say what sort of place they mean, in the languages of the reports."""

from collections.abc import Mapping
from enum import StrEnum, auto
from types import MappingProxyType

from geodata.gazetteer.names import name_key


class Sort(StrEnum):
    """What a word in a name says about the place."""

    BASE = auto()
    AIR = auto()
    CAMP = auto()
    REFUGEE = auto()
    AIRPORT = auto()
    AIRFIELD = auto()
    CROSSING = auto()
    PROVINCE = auto()
    DISTRICT = auto()
    CITY = auto()
    SUBDISTRICT = auto()
    QUARTER = auto()
    COUNTRYSIDE = auto()
    DESERT = auto()
    FIELD = auto()
    PLANT = auto()
    EMBASSY = auto()
    CONSULATE = auto()
    AMERICAN = auto()
    PORT = auto()
    STATION = auto()
    STATE = auto()


_SORT_WORDS: Mapping[Sort, str] = {
    Sort.BASE: "base bases airbase airbases afb garrison outpost fob cob cop barracks installation basis stützpunkt"
    " militärbasis militärstützpunkt luftwaffenstützpunkt luftwaffenbasis fliegerhorst garnison üssü baza"
    " قاعدة قواعد ثكنة معسكر پایگاه بنکەی بنکە בסיס",
    Sort.AIR: "air airbase airbases afb aérienne luftwaffenstützpunkt luftwaffenbasis fliegerhorst hava ab"
    " جوية الجوية هوایی",
    Sort.CAMP: "camp lager",
    Sort.REFUGEE: "refugee refugees idp idps displacement displaced réfugiés مخيم اللاجئين للاجئين النازحين للنازحين",
    Sort.AIRPORT: "airport aéroport aeroport flughafen havalimanı havaalanı aeropuerto مطار فرودگاه"
    " فڕۆکەخانەی فڕۆکەخانە",
    Sort.AIRFIELD: "airfield airfields airstrip aerodrome flugplatz aérodrome",
    Sort.CROSSING: "crossing crossings grenzübergang معبر منفذ گذرگاه",
    Sort.PROVINCE: "governorate province governate gov prov muhafazah muhafaza gouvernorat gouvernement provinz"
    " ili vilayeti vilayet محافظة استان پارێزگای پارێزگا",
    Sort.DISTRICT: "district qada قضاء distrikt",
    Sort.CITY: "city town village ville stadt kenti şehri مدينة بلدة قرية شهر stad medinat madinat capital عاصمة",
    Sort.SUBDISTRICT: "subdistrict nahiya nahiyah nahia ناحية",
    Sort.QUARTER: "neighborhood neighbourhood quarter suburb حي",
    Sort.COUNTRYSIDE: "countryside rural campagne kırsalı ريف",
    Sort.DESERT: "desert badia badiya badiyah désert wüste çölü بادية صحراء",
    Sort.FIELD: "field fields oilfield oilfields gasfield ölfeld gasfeld champ sahası حقل حقول میدان",
    Sort.PLANT: "plant facility معمل",
    Sort.EMBASSY: "embassy ambassade botschaft embajada büyükelçiliği سفارة سفارت باڵیۆزخانەی",
    Sort.CONSULATE: "consulate consulat konsulat başkonsolosluğu konsolosluğu قنصلية کونسوڵخانەی",
    Sort.AMERICAN: "us usa american américain américaine amerikanische abd coalition أمريكية أميركية"
    " امريكية اميركية آمریکا ئەمریکا ئەمریکی",
    Sort.PORT: "port harbour harbor hafen limanı terminal ميناء",
    Sort.STATION: "station pumping pump pompage محطة",
    Sort.STATE: "republic kingdom state sultanate emirate rep république royaume cumhuriyeti"
    " جمهورية مملكة دولة إمارة سلطنة",
}
_PHRASES: Mapping[str, str] = {
    "u s": "us",
    "united states": "us",
    "état unis": "us",
    "border crossing": "crossing",
    "border post": "crossing",
    "border point": "crossing",
    "border gate": "crossing",
    "crossing point": "crossing",
    "port of entry": "crossing",
    "poe": "crossing",
    "poste frontière": "crossing",
    "sınır kapısı": "crossing",
    "landing zone": "airfield",
    "air force base": "airbase",
    "airforce base": "airbase",
    "border region": "border",
    "border area": "border",
    "border zone": "border",
    "military camp": "base",
    "camp militaire": "base",
    "lz": "airfield",
    "patrol base": "base",
    "mission support site": "mss",
    "forward operating base": "fob",
    "contingency operating base": "cob",
    "border crossing point": "crossing",
    "معبر حدودي": "معبر",
    "military airport": "airfield",
    "military airfield": "airfield",
    "military airbase": "airbase",
    "hava limanı": "havalimanı",
    "hava alanı": "havaalanı",
    "sub district": "subdistrict",
    "oil gas": "oil",
}
# Say more about what a sort word has said already; mean nothing of their own beside one.
_QUALIFIERS = (
    "military militaire askeri militär army joint intl int international internationaler internationale uluslararası"
    " general oil gas gaz petrol pétrolier gazier pétrole doğalgaz us usa american coalition border"
    " عسكري عسكرية العسكري العسكرية دولي الدولي حدودي الحدودي نفطي النفطي نفطية غاز للغاز نفتی"
)
_ROMAN = ("", "", "ii", "iii", "iv", "", "vi", "vii", "viii", "ix", "", "xi", "xii")
_SPOKEN = "zero one two three four five six seven eight nine ten eleven twelve"
_TENS = "twenty thirty forty fifty"


def _keys(words: str) -> list[str]:
    return [name_key(word) for word in words.split()]


SORTS: Mapping[str, frozenset[Sort]] = MappingProxyType(
    {
        word: frozenset(sort for sort, words in _SORT_WORDS.items() if word in _keys(words))
        for words in _SORT_WORDS.values()
        for word in _keys(words)
    }
)
QUALIFIERS = frozenset(_keys(_QUALIFIERS)) | frozenset(_keys(_SORT_WORDS[Sort.AMERICAN]))
PHRASES: Mapping[tuple[str, ...], str] = MappingProxyType(
    {tuple(name_key(phrase).split()): name_key(word) for phrase, word in _PHRASES.items()}
)
# Long words that no name resembles.
OFTEN_MISSPELT = (
    *("airbase", "airport", "airfield", "garrison", "crossing", "governorate", "province", "district", "countryside"),
    *("embassy", "consulate", "military", "international", "village"),
)
# Between a name and the place that it lies in or by.
WITHIN = frozenset(_keys("in at within inside en à a im dans في وسط داخل لە در"))
BESIDE = frozenset(
    _keys("near nearby around outside by close vicinity area areas along off with près bei nahe قرب بالقرب محيط منطقة")
)
CONNECTING = frozenset(_keys("of de du des d la le les l von der die das no un une"))
NUMBERS: Mapping[str, int] = MappingProxyType(
    {numeral: number for number, numeral in enumerate(_ROMAN) if numeral}
    | {word: number for number, word in enumerate(_SPOKEN.split())}
    | {word: 10 * number for number, word in enumerate(_TENS.split(), start=2)}
    | {"xxii": 22}
)
DEMONYMS: Mapping[str, str] = MappingProxyType(
    {
        name_key(word): country
        for country, words in {
            "Iraq": "iraqi irakische عراقية عراقي",
            "Syria": "syrian syrische سورية سوري",
            "Jordan": "jordanian أردنية",
            "Yemen": "yemeni",
            "Lebanon": "lebanese",
            "Israel": "israeli",
            "Iran": "iranian",
            "Turkey": "turkish",
            "Kuwait": "kuwaiti",
            "Saudi Arabia": "saudi",
            "Qatar": "qatari",
        }.items()
        for word in words.split()
    }
)
BORDERING = frozenset(_keys("border borders frontier frontière grenze sınırı الحدود حدود"))
COMPASS = frozenset(
    _keys(
        "north south east west northern southern eastern western central northeast northwest southeast southwest"
        " northeastern northwestern southeastern southwestern nord sud est ouest"
        " شمال جنوب شرق غرب شمالي جنوبي شرقي غربي"
    )
)
