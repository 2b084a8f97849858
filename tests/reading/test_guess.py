"""Texts that declare no encoding come out right, in the languages and encodings of news."""

from __future__ import annotations

import pytest

from dedup.reading.guess import ENCODINGS, LETTERS, fit, guess

#: One report, written for these tests in each language.
TEXTS = {
    "en": (
        "The mayor’s office said on Tuesday that “no decision has been made” on the harbour "
        "bridge — a €40 million project — and that engineers would report by the end of May. "
        "Residents of the old town, who have waited eleven years for it, were less patient."
    ),
    "de": (
        "Der Oberbürgermeister erklärte am Dienstag, die Brücke über den Fluss werde "
        "frühestens im übernächsten Jahr fertig. „Wir müssen ehrlich sein“, sagte er. Die "
        "Kosten stiegen um mehr als ein Drittel auf fünfundvierzig Millionen Euro, für die "
        "Bürger eine böse Überraschung."
    ),
    "fr": (
        "Le maire a déclaré mardi que le pont du vieux port ne serait pas rouvert avant "
        "l’été. « Nous préférons attendre », a-t-il ajouté, évoquant des défauts repérés à "
        "l’automne. Les commerçants du quartier, eux, s’inquiètent déjà de la saison à venir."
    ),
    "es": (
        "El alcalde señaló el martes que la reconstrucción del puente costará más de cuarenta"
        " millones. «No habrá atajos», añadió. Los vecinos del barrio antiguo llevan once "
        "años esperando una solución y piden que empiecen las obras."
    ),
    "pt": (
        "O prefeito afirmou na terça-feira que a reconstrução da ponte não começará antes do "
        "verão. “Não há pressa”, disse. Os moradores da região esperam há onze anos uma "
        "solução e já não acreditam nas promessas."
    ),
    "pl": (
        "Burmistrz oświadczył we wtorek, że odbudowa mostu nie rozpocznie się przed latem. "
        "„Nie będziemy się spieszyć”, powiedział. Mieszkańcy starego miasta czekają na "
        "rozwiązanie już jedenaście lat i żądają wyjaśnień."
    ),
    "cs": (
        "Starosta v úterý prohlásil, že obnova mostu nezačne dříve než v létě. „Nebudeme "
        "spěchat,“ řekl. Obyvatelé starého města čekají na řešení už jedenáct let a žádají "
        "vysvětlení, proč se práce stále odkládají."
    ),
    "tr": (
        "Belediye başkanı salı günü yaptığı açıklamada köprünün yeniden inşasının yazdan önce"
        " başlamayacağını söyledi. Eski şehrin sakinleri on bir yıldır çözüm bekliyor ve "
        "artık verilen sözlere inanmıyor. Mühendisler mayıs sonunda rapor verecek."
    ),
    "ru": (
        "Мэр города заявил во вторник, что восстановление моста начнётся не раньше лета. «Мы "
        "не будем спешить», — сказал он. Жители старого города ждут решения уже одиннадцать "
        "лет и требуют объяснений, почему работы снова отложены."
    ),
    "uk": (
        "Міський голова заявив у вівторок, що відновлення мосту розпочнеться не раніше літа. "
        "«Ми не будемо поспішати», — сказав він. Мешканці старого міста чекають на рішення "
        "вже одинадцять років і вимагають пояснень."
    ),
    "el": (
        "Ο δήμαρχος δήλωσε την Τρίτη ότι η ανακατασκευή της γέφυρας δεν θα αρχίσει πριν από "
        "το καλοκαίρι. Οι κάτοικοι της παλιάς πόλης περιμένουν λύση εδώ και έντεκα χρόνια και"
        " ζητούν εξηγήσεις για την καθυστέρηση."
    ),
    "ja": (
        "市長は火曜日、橋の再建は夏より前には始まらないと述べた。「急ぐつもりはない」と語"
        "った。旧市街の住民は十一年にわたって解決を待っており、工事がなぜ再び延期されたの"
        "か説明を求めている。技術者は五月末までに報告する。"
    ),
    "zh": (
        "市长周二表示，大桥的重建工程在夏季之前不会开始。“我们不会仓促行事，”他说。老城"
        "区的居民已经等待了十一年，要求解释工程为何再次推迟。工程师将在五月底之前提交报告"
        "。"
    ),
    "zh-Hant": (
        "市長週二表示，大橋的重建工程在夏季之前不會開始。「我們不會倉促行事，」他說。老城"
        "區的居民已經等待了十一年，要求解釋工程為何再次推遲。工程師將在五月底之前提交報告"
        "。"
    ),
    "ko": (
        "시장은 화요일 다리 재건이 여름 이전에는 시작되지 않을 것이라고 밝혔다."
        " 구시가지 주민들은 십일 년 동안 해결을 기다려 왔으며 공사가 왜 다시 "
        "연기되었는지 설명을 요구하고 있다."
    ),
    "ar": (
        "قال رئيس البلدية يوم الثلاثاء إن إعادة بناء الجسر لن تبدأ قبل الصيف. وأضاف أن "
        "السلامة تأتي أولا. وينتظر سكان المدينة القديمة حلا منذ أحد عشر عاما ويطالبون بتفسير "
        "لتأجيل الأعمال مرة أخرى."
    ),
    "he": (
        "ראש העיר אמר ביום שלישי כי שיקום הגשר לא יתחיל לפני הקיץ. תושבי העיר העתיקה ממתינים "
        "לפתרון כבר אחת עשרה שנים ודורשים הסבר מדוע העבודות נדחו שוב."
    ),
    "th": (
        "นายกเทศมนตรีกล่าวเมื่อวันอังคารว่าการสร้างสะพานใหม่จะไม่เริ่มก่อนฤดูร้อน "
        "ชาวเมืองเก่ารอการแก้ปัญหามาเป็นเวลาสิบเอ็ดปีแล้ว"
    ),
    "sr": (
        "Градоначелник је у уторак изјавио да обнова моста неће почети пре лета. „Нећемо "
        "журити“, рекао је. Становници старог града чекају решење већ једанаест година и "
        "траже објашњење зашто су радови поново одложени."
    ),
    "hu": (
        "A polgármester kedden közölte, hogy a híd felújítása nem kezdődik el a nyár előtt. "
        "„Nem fogunk sietni” – mondta. Az óváros lakói már tizenegy éve várnak a megoldásra, "
        "és magyarázatot követelnek a késlekedésre."
    ),
    "lt": (
        "Meras antradienį pareiškė, kad tilto atstatymas neprasidės anksčiau kaip vasarą. "
        "„Mes neskubėsime“, – sakė jis. Senamiesčio gyventojai sprendimo laukia jau "
        "vienuolika metų ir reikalauja paaiškinimų."
    ),
    "sv": (
        "Borgmästaren sade på tisdagen att återuppbyggnaden av bron inte börjar före "
        "sommaren. ”Vi tänker inte skynda på”, sade han. Invånarna i gamla stan har väntat på"
        " en lösning i elva år och kräver en förklaring."
    ),
    "it": (
        "Il sindaco ha detto martedì che la ricostruzione del ponte non comincerà prima "
        "dell’estate. «Non c’è fretta», ha aggiunto. Gli abitanti della città vecchia "
        "aspettano già da undici anni una soluzione, perché i lavori sono stati più volte "
        "rinviati."
    ),
}

#: The encodings that each language was and is written in before Unicode.
WRITTEN_IN = {
    "en": ("cp1252", "mac_roman"),
    "de": ("cp1252", "iso8859-1", "iso8859-15"),
    "fr": ("cp1252", "iso8859-1"),
    "es": ("cp1252", "iso8859-1"),
    "pt": ("cp1252", "iso8859-1"),
    "pl": ("cp1250", "iso8859-2"),
    "cs": ("cp1250", "iso8859-2"),
    "tr": ("cp1254", "iso8859-9"),
    "ru": ("cp1251", "koi8-r", "iso8859-5", "cp866"),
    "uk": ("cp1251", "koi8-u"),
    "el": ("cp1253", "iso8859-7"),
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "gbk", "gb2312"),
    "zh-Hant": ("big5",),
    "ko": ("euc_kr", "cp949"),
    "ar": ("cp1256",),
    "he": ("cp1255",),
    "th": ("cp874",),
    "sr": ("cp1251", "iso8859-5"),
    "hu": ("cp1250", "iso8859-2"),
    "lt": ("cp1257",),
    "sv": ("cp1252", "iso8859-1"),
    "it": ("cp1252", "iso8859-15"),
}

CASES = [(language, encoding) for language in TEXTS for encoding in WRITTEN_IN[language]]


@pytest.mark.parametrize("length", [100, 200, 1000])
@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_text_comes_out_right(language: str, encoding: str, length: int) -> None:
    text = (TEXTS[language] * 12)[:length]
    data = text.encode(encoding, "ignore")  # what the encoding has no sign for was never written
    assert guess(data) == data.decode(encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Café fire kills two", "cp1252"),
        ("It’s a fire in the old hall", "cp1252"),
        ("The mayor’s “no” came — again — on Monday", "cp1252"),
        ("Fünf Verletzte in Köln", "cp1252"),
        ("Señales de humo en el puerto", "cp1252"),
    ],
)
def test_a_line_with_few_accents_comes_out_right(text: str, encoding: str) -> None:
    assert guess(text.encode(encoding)) == text


@pytest.mark.parametrize("chaos", [0.5, 1.0])
@pytest.mark.parametrize("coherence", [0.2, 0.4])
def test_the_weights_need_no_fine_tuning(
    monkeypatch: pytest.MonkeyPatch, chaos: float, coherence: float
) -> None:
    monkeypatch.setattr("dedup.reading.guess.CHAOS_WEIGHT", chaos)
    monkeypatch.setattr("dedup.reading.guess.COHERENCE_WEIGHT", coherence)
    wrong = [
        (language, encoding)
        for language, encoding in CASES
        if guess(data := TEXTS[language][:200].encode(encoding, "ignore")) != data.decode(encoding)
    ]
    assert wrong == []


def test_line_ends_and_invisible_characters_stay() -> None:
    text = "Die Brücke\r\nbleibt ge\u00adsperrt,\u00a0sagte Müller.\rWirklich\tlänger?\n"
    assert guess(text.encode("cp1252")) == text


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_is_one_that_python_knows(encoding: str) -> None:
    assert "a".encode(encoding) == b"a"
    assert set(ENCODINGS[encoding]) <= set(LETTERS)


@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if ENCODINGS[name]])
def test_letters_of_a_language_fit_its_encoding(encoding: str) -> None:
    for language in ENCODINGS[encoding]:
        text = LETTERS[language].encode(encoding, "ignore").decode(encoding)
        assert fit(text, encoding) == 1.0


def test_fit_is_the_share_of_letters_that_a_language_writes() -> None:
    assert fit("señor ń", "cp1252") == 0.5
    assert fit("no letters beyond ASCII", "cp1252") == 1.0
