//! One writer, whatever befalls processes. Read [`whoever_was_overtaken_stores_nothing`].

use node::store::StoreFault;
use node::store::postgres::{Address, Asked, Postgres};
use record::Hash;
use record::node::{Message, Write};
use record::rule::Memory;
use record::signed::{Filed, Signed};

use crate::cluster::{ask, cluster, say, sealed};
use crate::world::{World, acts, founding, item, seat};

fn voted(tenure: u64) -> Vec<Write<Signed>> {
    vec![Write::Memory(Memory { cosigned: None, voted: tenure, settled: None })]
}

fn pair(address: &Address) -> (Postgres, Postgres) {
    let first = Postgres::create(address, &founding(b"a charter"), seat(0)).unwrap();
    (first, Postgres::open(address).unwrap())
}

fn hold(store: &mut Postgres) {
    // A session that was ended may take a moment to let go.
    for _ in 0..200 {
        if store.hold().unwrap() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("nobody lets go");
}

#[test]
fn one_of_two_writes() {
    let Some(cluster) = cluster() else { return };
    let (mut first, mut second) = pair(&cluster.database("one_of_two"));
    assert!(matches!(first.commit(&voted(1)), Err(StoreFault::NotHeld)), "nobody has asked for it yet");
    assert!(first.hold().unwrap() && first.hold().unwrap());
    assert!(!second.hold().unwrap() && !second.is_held());
    assert!(matches!(second.commit(&voted(9)), Err(StoreFault::NotHeld)));
    assert!(matches!(second.take_seat(seat(1)), Err(StoreFault::NotHeld)), "the node runs");
    first.commit(&voted(1)).unwrap();
    first.let_go().unwrap();
    assert!(matches!(first.commit(&voted(2)), Err(StoreFault::NotHeld)));
    assert!(second.hold().unwrap());
    second.commit(&voted(3)).unwrap();
    assert_eq!(first.load().unwrap().memory.voted, 3);
}

/// A process that has lost the lock without noticing: its session is there, and so is its belief.
#[test]
fn whoever_was_overtaken_stores_nothing() {
    let Some(cluster) = cluster() else { return };
    let address = cluster.database("overtaken");
    let (mut first, mut second) = pair(&address);
    hold(&mut first);
    let acts = acts(&founding(b"a charter"), 1, 3);
    first.commit(&[Write::Log(0, vec![item(&acts[0])])]).unwrap();
    say(&address, "update lease set holder = holder + 1");
    let writes = [Write::Log(1, vec![item(&acts[1])]), Write::Docket(acts[2].clone())];
    assert!(matches!(first.commit(&writes), Err(StoreFault::NotHeld)));
    // One whose session was ended under it, and who finds out by trying.
    first.let_go().unwrap();
    hold(&mut second);
    say(&address, "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'");
    assert!(second.commit(&writes).is_err());
    hold(&mut first);
    assert!(second.commit(&writes).is_err(), "it does not come back by itself");
    let stored = first.load().unwrap();
    assert_eq!((stored.items, stored.docket.len()), (vec![item(&acts[0])], 1));
    // And the one that has it now goes on behind what is stored.
    first.commit(&writes).unwrap();
    assert_eq!(first.load().unwrap().items.len(), 2);
}

#[test]
fn whoever_is_silent_is_put_out() {
    let Some(cluster) = cluster() else { return };
    let address = cluster.database("silent");
    let (mut first, mut second) = pair(&address);
    hold(&mut first);
    first.commit(&voted(1)).unwrap();
    // As long as it gives signs of life, it is left alone.
    assert!(!second.hold().unwrap());
    first.commit(&voted(2)).unwrap();
    // As if it had been asleep since yesterday. Its own next sign of life may come between.
    for _ in 0..200 {
        say(&address, "update pulse set beat = now() - interval '1 day'");
        if second.hold().unwrap() {
            break;
        }
    }
    hold(&mut second);
    assert!(first.commit(&voted(7)).is_err());
    second.commit(&voted(3)).unwrap();
    assert_eq!(second.load().unwrap().memory.voted, 3);
}

#[test]
fn what_is_asked_is_answered_once() {
    let Some(cluster) = cluster() else { return };
    let address = cluster.database("asked");
    let (mut first, mut second) = pair(&address);
    hold(&mut first);
    let asked = everything();
    let rows: Vec<Vec<u8>> = asked.iter().map(|asked| asked.encode().unwrap()).collect();
    let places = second.ask(&rows).unwrap();
    let found = first.asked().unwrap();
    assert_eq!(found.iter().map(|(place, _)| *place).collect::<Vec<_>>(), places, "in order");
    assert_eq!(found.into_iter().map(|(_, asked)| asked.unwrap()).collect::<Vec<_>>(), asked);
    assert_eq!(second.answers(&places).unwrap(), []);
    // What is to be heard is gone with the empty answer; the others are there until somebody comes for them.
    let answers: Vec<(i64, Vec<u8>)> =
        places.iter().zip(&asked).map(|(place, asked)| (*place, answer(asked))).collect();
    first.commit_and_answer(&voted(1), &answers).unwrap();
    assert_eq!(first.asked().unwrap(), []);
    let mut told = second.answers(&places).unwrap();
    told.sort();
    assert_eq!(told, answers.into_iter().filter(|(_, answer)| !answer.is_empty()).collect::<Vec<_>>());
    assert_eq!(second.answers(&places).unwrap(), [], "once");
    // Whoever takes back what it asked can rely on it: the step that would have done it leaves nothing.
    let place = second.ask(&rows[..1]).unwrap()[0];
    assert!(second.take_back(place).unwrap());
    assert!(first.commit_and_answer(&voted(8), &[(place, b"done".to_vec())]).is_err());
    assert_eq!(first.load().unwrap().memory.voted, 1);
    // And what is answered cannot be taken back.
    let place = second.ask(&rows[..1]).unwrap()[0];
    first.commit_and_answer(&[], &[(place, b"done".to_vec())]).unwrap();
    assert!(!second.take_back(place).unwrap());
    assert_eq!(second.answers(&[place]).unwrap(), [(place, b"done".to_vec())]);
    // What is nothing of the kind is told apart, and does not stand in the way.
    say(&address, "insert into inbox (asked) values ('\\x09'), (''), ('\\x02ff')");
    let strange = first.asked().unwrap();
    assert!(strange.len() == 3 && strange.iter().all(|(_, asked)| asked.is_err()));
    // A process that was cut off comes back to what it asked.
    assert!(second.hold().is_ok_and(|held| !held));
}

fn answer(asked: &Asked) -> Vec<u8> {
    if matches!(asked, Asked::Heard(..)) { Vec::new() } else { b"done".to_vec() }
}

fn everything() -> Vec<Asked> {
    let act: Filed = acts(&founding(b"a charter"), 1, 1).remove(0);
    vec![
        Asked::File(Box::new(act.clone())),
        Asked::Sign("call".to_owned(), "under framework calls for consultation".to_owned()),
        Asked::Open(None, seat(2)),
        Asked::Open(Some(7), seat(2)),
        Asked::Heard(seat(1), Box::new(Message::Docket(act))),
        Asked::Heard(seat(1), Box::new(Message::Ask(3, Hash::of(b"root")))),
    ]
}

/// Whoever follows the log is told what is new, and when it has to read all of it anew.
#[test]
fn who_follows_sees_what_was_stored() {
    let Some(cluster) = cluster() else { return };
    let (mut first, second) = pair(&cluster.database("followed"));
    hold(&mut first);
    let mut world: World = crate::suite::at_work();
    let (mut items, mut seen) = (Vec::new(), second.seen().unwrap());
    for writes in std::mem::take(&mut world.hosts[0].steps) {
        if writes.is_empty() {
            continue;
        }
        first.commit(&writes).unwrap();
        let now = second.seen().unwrap();
        assert_ne!(now, seen);
        let news = second.news(u64::try_from(items.len()).unwrap(), 0, seen.cuts).unwrap();
        assert_eq!(news.from == 0, items.is_empty() || now.cuts != seen.cuts);
        items.truncate(usize::try_from(news.from).unwrap());
        items.extend(news.stored.items);
        seen = news.seen;
        assert_eq!((seen, &items), (now, &first.load().unwrap().items));
    }
    assert!(seen.cuts > 0, "the log was cut");
}

#[test]
fn what_goes_over_a_network_is_sealed_and_vouched_for() {
    let Some((cluster, folder)) = sealed() else { return };
    let near = String::from(cluster.database("sealed"));
    let (name, port) = (near.split(['/', '?']).nth(3).unwrap(), near.rsplit_once("port=").unwrap().1);
    let at = |host: &str, authority: &str| -> Address {
        let file = folder.join(authority);
        format!("postgres://accede@{host}:{port}/{name}?sslrootcert={}", file.display()).parse().unwrap()
    };
    let address = at("localhost", "authority.pem");
    let mut store = Postgres::create(&address, &founding(b"a charter"), seat(0)).unwrap();
    assert!(store.hold().unwrap());
    store.commit(&voted(1)).unwrap();
    let sql = "select bool_and(ssl) from pg_stat_ssl join pg_stat_activity using (pid)
        where application_name like 'accede %'";
    assert_eq!(ask(&near.parse().unwrap(), sql).as_deref(), Some("t"));
    let refused = |address: &Address| Postgres::open(address).err().unwrap().to_string();
    let told = refused(&at("localhost", "stranger.pem"));
    assert!(told.contains("UnknownIssuer"), "{told}");
    let told = refused(&at("127.0.0.1", "authority.pem"));
    assert!(told.contains("not valid for name"), "{told}");
    assert!(refused(&at("localhost", "nothing.pem")).contains("nothing.pem"));
}
