//! Which of the project's own charters is which alliance of ATOP. Read [`BY_HAND`].

use jiff::civil::Date;
use law::Corpus;

use super::wars::War;

/// An alliance of ATOP, and the charters that were written by hand of the same treaties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByHand {
    /// Its number in ATOP.
    pub alliance: u32,
    /// The charters.
    pub charters: &'static [&'static str],
    /// The first day from which they cover it, where that is later than the alliance's own.
    pub from: Option<Date>,
}

const fn same(alliance: u32, charters: &'static [&'static str]) -> ByHand {
    ByHand { alliance, charters, from: None }
}

const fn since(year: i16, alliance: u32, charters: &'static [&'static str]) -> ByHand {
    ByHand { alliance, charters, from: Some(jiff::civil::date(year, 1, 1)) }
}

/// Found by the parties and the days: the charter's parties are the alliance's members, and it was
/// signed when, give or take a calendar or an exchange of letters, ATOP has it begin.
pub const BY_HAND: &[ByHand] = &[
    same(1020, &["german-federal-act", "vienna-final-act"]),
    same(1075, &["unkiar-skelessi"]),
    same(1210, &["franco-sardinian-1859"]),
    same(1215, &["franco-russian-1859"]),
    same(1265, &["prusso-italian-1866"]),
    same(1270, &["franco-austrian-1866"]),
    same(1275, &["prussia-baden-1866"]),
    same(1280, &["prussia-bavaria-1866"]),
    same(1285, &["prussia-wuerttemberg-1866"]),
    same(1290, &["prussia-hesse-1867"]),
    same(1295, &["prussia-1870"]),
    same(1300, &["france-1870"]),
    same(1305, &["peru-bolivia-1873"]),
    same(1335, &["dual-alliance"]),
    same(1345, &["austro-serbian-1881"]),
    same(1350, &["triple-alliance"]),
    same(1355, &["austro-romanian-1883", "austro-romanian-1913"]),
    same(1360, &["mediterranean-1887"]),
    same(1370, &["reinsurance"]),
    same(1375, &["near-eastern-1887"]),
    same(1385, &["franco-russian-1892"]),
    same(1395, &["russo-chinese-1896"]),
    same(1400, &["anglo-portuguese-1899"]),
    same(1415, &["anglo-japanese-1902", "anglo-japanese-1905", "anglo-japanese-1911"]),
    same(1420, &["prinetti-barrere-1902"]),
    same(1445, &["cartagena-britain-1907", "cartagena-france-1907"]),
    same(1465, &["russo-japanese-1910", "russo-japanese-1912"]),
    same(1470, &["serbo-bulgarian-1912"]),
    same(1475, &["greco-bulgarian-1912"]),
    same(1485, &["grey-cambon-1912"]),
    same(1490, &["greek-serbian-1913"]),
    same(2050, &["czech-yugoslav-1920"]),
    same(2060, &["franco-polish-1921"]),
    since(1931, 2070, &["polish-romanian-1931"]),
    same(2080, &["czech-romanian-1921"]),
    same(2085, &["romanian-yugoslav-1921"]),
    same(2130, &["locarno-1925"]),
    same(2135, &["franco-polish-1925"]),
    same(2140, &["franco-czech-1925"]),
    same(2145, &["turco-soviet-1925"]),
    since(1931, 2170, &["soviet-afghan-1931"]),
    same(2195, &["soviet-persian-1927"]),
    same(2225, &["italo-ethiopian-1928"]),
    same(2280, &["soviet-finnish-1932"]),
    same(2295, &["soviet-polish-1932"]),
    same(2325, &["german-polish-1934"]),
    same(2330, &["balkan-pact-1934"]),
    same(2360, &["franco-soviet-1935"]),
    same(2365, &["soviet-czech"]),
    same(2370, &["soviet-mongolian-1936"]),
    same(2395, &["anti-comintern"]),
    same(2440, &["anglo-polish"]),
    same(2445, &["pact-of-steel"]),
    same(2470, &["german-soviet-1939"]),
    same(2475, &["soviet-estonian-1939"]),
    same(2480, &["soviet-latvian-1939"]),
    same(2485, &["soviet-lithuanian-1939"]),
    same(2490, &["ankara-1939"]),
    same(2515, &["tripartite-pact"]),
    same(2525, &["soviet-japanese-1941"]),
    same(3005, &["yalta-japan-1945"]),
    same(3030, &["china-soviet-1945"]),
    same(3075, &["rio"]),
    same(3125, &["anglo-jordanian-1948"]),
    same(3180, &["north-atlantic"]),
    same(3200, &["china-soviet-1950"]),
    same(3205, &["arab-joint-defence"]),
    same(3210, &["philippines-1951"]),
    same(3215, &["anzus"]),
    since(1955, 3230, &["balkan-pact-1954"]),
    same(3240, &["us-korea"]),
    same(3260, &["seato"]),
    same(3265, &["anglo-egyptian-1954"]),
    same(3275, &["baghdad-pact"]),
    same(3285, &["warsaw-pact"]),
    same(3300, &["egypt-syria-1955", "egypt-jordan-syria-1956"]),
    same(3305, &["egypt-saudi-1955"]),
    same(3355, &["us-pakistan-1959"]),
    same(3375, &["japan-1960"]),
    same(3400, &["cyprus-alliance-1960"]),
    same(3405, &["cyprus-guarantee-1960"]),
    same(3440, &["soviet-korea-1961"]),
    same(3535, &["soviet-mongolia-1966"]),
    same(3538, &["egypt-syria-1966"]),
    same(3560, &["soviet-bulgaria-1967"]),
    same(3570, &["egypt-jordan-1967"]),
    same(3580, &["soviet-hungary-1967"]),
    same(3670, &["soviet-egypt-1971"]),
    same(3690, &["soviet-iraqi-1972"]),
    same(3825, &["soviet-vietnamese-1978"]),
    same(3880, &["soviet-syrian-1980"]),
    same(3895, &["ecowas-defence-1981"]),
    same(4220, &["collective-security-1992"]),
    same(4875, &["russian-ukrainian-1997"]),
    same(4890, &["russian-armenian-1997"]),
    same(4940, &["russian-korean-2000"]),
    same(4965, &["gulf-joint-defence-2000"]),
];

/// The charters written by hand that cover an alliance during a war, if they are in the corpus.
pub(super) fn covering(alliance: u32, war: &War, corpus: &Corpus) -> Option<ByHand> {
    let entry = BY_HAND.iter().find(|entry| entry.alliance == alliance).copied()?;
    let is_there = entry.charters.iter().all(|name| corpus.charter(&charter::Name::new(name)).is_some());
    let is_in_time = entry.from.is_none_or(|from| war.from().is_some_and(|began| from <= began));
    (is_there && is_in_time).then_some(entry)
}

#[cfg(test)]
mod tests {
    use super::BY_HAND;

    #[test]
    fn each_alliance_stands_once_in_the_order_of_the_numbers() {
        assert!(BY_HAND.is_sorted_by_key(|entry| entry.alliance));
        assert!(BY_HAND.windows(2).all(|pair| pair[0].alliance != pair[1].alliance));
    }
}
