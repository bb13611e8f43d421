//! `accede node`. Read [`run`].

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use node::client::{Client, ClientFault};
use node::clock::Clock;
use node::home::{Home, HomeFault, Settings, line};
use node::people::{Name, People, Role};
use node::run::{Listeners, RunFault};
use node::store::postgres::Address;
use node::store::{Place, Sqlite, Store, StoreFault};
use record::Hash;
use record::act::Party;
use record::founding::{CharterText, Founder, Founding};
use record::key::VerifierKey;
use record::roster::RosterAct;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::act::client;
use crate::cli::{Adopt, BackUp, Format, Found, Init, MakePerson, Node, NodeCommand, Restore, Run, Stand, TakeSeat};
use crate::failure::{Done, Failure};

/// Does what was asked for.
pub(crate) fn run(arguments: &Node) -> Result<Done, Failure> {
    match &arguments.command {
        NodeCommand::Init(init) => begin(init),
        NodeCommand::Found(found) => write_founding(found),
        NodeCommand::Adopt(adopt) => take_up(adopt),
        NodeCommand::Run(run) => serve(run),
        NodeCommand::Backup(back_up) => copy_store(back_up),
        NodeCommand::Restore(restore) => bring_back(restore),
        NodeCommand::Seat(seat) => take_seat(seat),
        NodeCommand::Person(asked) => make_person(asked),
        NodeCommand::Status(stand) => status(stand),
    }
}

/// What runs many things at once.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.map_err(|error| Failure::plain(format!("no threads can be started: {error}"), ""))
}

/// Waits until somebody stops the program.
pub(crate) async fn until_told() {
    #[cfg(unix)]
    {
        let mut terminated = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(_) => return drop(tokio::signal::ctrl_c().await),
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    drop(tokio::signal::ctrl_c().await);
}

/// A fault of the node's, as the command tells it.
pub(crate) fn plain(fault: impl Display, help: &str) -> Failure {
    Failure::plain(fault.to_string(), help)
}

/// A node's no, with what to do next.
pub(crate) fn answered(fault: &ClientFault) -> Failure {
    let help = match fault {
        ClientFault::Refused(_, _, _, help) => help.as_str(),
        ClientFault::Unreachable(..) => "start it with `accede node run`, or name another with --node",
        ClientFault::Address(_) | ClientFault::Answer(_) => "",
    };
    Failure::plain(fault.to_string(), help)
}

fn begin(init: &Init) -> Result<Done, Failure> {
    let mut peers = BTreeMap::new();
    for peer in &init.at.peers {
        let (code, address) = peer
            .split_once('=')
            .ok_or_else(|| Failure::plain(format!("`{peer}` says no party and address"), "write CODE=host:port"))?;
        peers.insert(code.to_owned(), address.to_owned());
    }
    let settings = Settings {
        party: init.party.clone(),
        listen: init.at.listen,
        peers_listen: init.at.peers_listen,
        behind_proxy: false,
        provider: None,
        peers,
        store: None,
    };
    let name = init.name.clone().unwrap_or_else(|| format!("{}.example", init.party.to_lowercase()));
    let home = Home::new(&init.folder);
    let founder = home.begin(&settings, &name).map_err(|fault| match fault {
        HomeFault::Content(_, what) => {
            Failure::plain(what, "give --name a name without spaces and `+`: `mofa.example`")
        }
        HomeFault::File(..) | HomeFault::Exists(_) | HomeFault::Store(_) | HomeFault::Random => {
            plain(&fault, fault.help())
        }
    })?;
    let mut set_up = String::new();
    for (name, role) in [(&init.head, Role::HeadOfDelegation), (&init.administrator, Role::Administrator)] {
        let secret = person(&home, name, role)?;
        set_up.push_str(&format!("{role} `{name}` sets a password with {secret}\n"));
    }
    Ok(Done {
        out: format!("{}\n", line(&founder)),
        notes: format!(
            "{set_up}each is shown once, and good for three days: `accede log-in --name … --set-up …`\n\
             keys are in `{}`: keep them, and a copy of party.key where no machine reads it\n\
             next: send `{}` to whoever writes the founding (`accede node found`), then `accede node adopt`\n",
            init.folder.join("keys").display(),
            init.folder.join("party").display(),
        ),
        is_clean: true,
    })
}

/// Makes somebody from the machine itself, or lets them set another password: with this token.
fn person(home: &Home, name: &str, role: Role) -> Result<String, Failure> {
    let path = home.people_path();
    let mut people = People::open(&path).map_err(|fault| plain(format!("`{}`: {fault}", path.display()), ""))?;
    let named =
        Name::new(name).map_err(|fault| plain(format!("`{name}`: {fault}"), "docs/people.md says what names are"))?;
    let secret = people.begin_with_set_up(&named, role, Clock::system().now()).map_err(|fault| plain(fault, ""))?;
    Ok(secret.reveal().to_owned())
}

fn make_person(asked: &MakePerson) -> Result<Done, Failure> {
    let role: Role = asked.role.parse().map_err(|_| {
        let known: Vec<String> = Role::ALL.iter().map(Role::to_string).collect();
        Failure::plain(format!("`{}` is no role", asked.role), format!("one of {}", known.join(", ")))
    })?;
    let secret = person(&Home::new(&asked.folder), &asked.name, role)?;
    Ok(Done {
        out: format!("{secret}\n"),
        notes: "shown once, and good for three days: `accede log-in --name … --set-up …`\n".to_owned(),
        is_clean: true,
    })
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure::plain(format!("`{}` cannot be read: {error}", path.display()), ""))
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// What a party's file says.
fn founder(path: &Path) -> Result<Founder, Failure> {
    let text = read(path)?;
    let text = String::from_utf8_lossy(&text);
    let wrong =
        || Failure::plain(format!("`{}` is no party's file", path.display()), "it is made by `accede node init`");
    let words: Vec<&str> = text.split_whitespace().collect();
    let ["party", code, key, seat] = *words.as_slice() else { return Err(wrong()) };
    Ok(Founder {
        party: Party::new(code).map_err(|_| wrong())?,
        key: VerifierKey::parse(key).map_err(|_| wrong())?,
        seat: VerifierKey::parse(seat).map_err(|_| wrong())?,
    })
}

fn write_founding(found: &Found) -> Result<Done, Failure> {
    let mut charters = Vec::new();
    let mut texts = BTreeMap::new();
    for path in &found.charters {
        let text = read(path)?;
        charters.push(CharterText { hash: Hash::of(&text), file: name_of(path) });
        texts.insert(name_of(path), text);
    }
    let founders = found.parties.iter().map(|path| founder(path)).collect::<Result<Vec<_>, _>>()?;
    let depositary = Party::new(found.depositary.clone())
        .map_err(|fault| Failure::plain(format!("`{}`: {fault}", found.depositary), "name one of the parties"))?;
    let founding = Founding::new(charters, founders, depositary)
        .map_err(|fault| plain(fault, "give each party's file once, and one of them as --depositary"))?;
    node::ledger::library(&founding, &texts).map_err(|fault| plain(fault, "`accede check` says more"))?;
    if found.out.exists() {
        return Err(Failure::plain(format!("`{}` exists already", found.out.display()), "name another file"));
    }
    fs::write(&found.out, founding.to_string())
        .map_err(|error| Failure::plain(format!("`{}` cannot be written: {error}", found.out.display()), ""))?;
    Ok(Done {
        out: format!("{}\n", founding.hash()),
        notes: "compare this hash with every other party's: it stands in every act\n".to_owned(),
        is_clean: true,
    })
}

fn take_up(adopt: &Adopt) -> Result<Done, Failure> {
    let founding = Founding::parse(&read(&adopt.founding)?)
        .map_err(|fault| plain(format!("`{}`: {fault}", adopt.founding.display()), ""))?;
    let mut texts = BTreeMap::new();
    for path in &adopt.charters {
        texts.insert(name_of(path), read(path)?);
    }
    node::ledger::library(&founding, &texts)
        .map_err(|fault| plain(fault, "give each charter that the founding names"))?;
    let home = Home::new(&adopt.folder);
    let mut settings = home.settings().map_err(|fault| plain(fault, "make it with `accede node init`"))?;
    let store = address(adopt.store.as_ref())?;
    settings.store = store.clone().or(settings.store);
    home.adopt_by(&settings, &founding, &texts).map_err(|fault| plain(&fault, fault.help()))?;
    let mut run = format!("accede node run {}", adopt.folder.display());
    if let Some(store) = &store {
        // What is secret is not written down where nobody asked for it.
        if store.has_password() {
            run.push_str(" --store postgres://…");
        } else {
            home.write_settings(&settings).map_err(|fault| plain(fault, ""))?;
        }
    }
    Ok(Done { out: format!("{}\n", founding.hash()), notes: format!("next: `{run}`\n"), is_clean: true })
}

fn serve(run: &Run) -> Result<Done, Failure> {
    log_to_stderr(&run.log)?;
    let home = Home::new(&run.folder);
    let mut settings = home.settings().map_err(|fault| plain(fault, "make it with `accede node init`"))?;
    settings.listen = run.listen.unwrap_or(settings.listen);
    settings.peers_listen = run.peers_listen.unwrap_or(settings.peers_listen);
    settings.store = address(run.store.as_ref())?.or(settings.store);
    if !settings.listen.ip().is_loopback() {
        return Err(Failure::plain(
            format!("its people would speak to {} without TLS, for everybody to hear", settings.listen),
            "listen at 127.0.0.1, and put a proxy that speaks TLS in front of it (docs/node.md)",
        ));
    }
    runtime()?.block_on(async {
        let listeners = Listeners::bind(&settings).await.map_err(|fault| plain(fault, "choose another port"))?;
        let running = node::run::run(&home, &settings, listeners, Clock::system(), run.open);
        let running = running.map_err(|fault| {
            let help = match &fault {
                RunFault::Store(StoreFault::Corrupt(..)) => {
                    "bring the node back from a backup: `accede node restore`; what it held is in every other node too"
                }
                RunFault::Home(fault) => fault.help(),
                RunFault::Ledger(_) | RunFault::Store(_) | RunFault::Listen(..) | RunFault::Tls(_) => "",
            };
            plain(fault.to_string(), help)
        })?;
        let _ = crate::say(&format!(
            "{} listens to its people at http://{} and to other nodes at {}\n",
            settings.party, running.addresses.people, running.addresses.peers
        ));
        until_told().await;
        running.stop().await;
        Ok(Done::clean(String::new()))
    })
}

/// Structured lines, one JSON object each.
fn log_to_stderr(level: &str) -> Result<(), Failure> {
    let level: tracing::Level = level
        .parse()
        .map_err(|_| Failure::plain(format!("`{level}` is no level"), "`error`, `warn`, `info` or `debug`"))?;
    tracing_subscriber::fmt().json().with_max_level(level).with_writer(std::io::stderr).init();
    Ok(())
}

fn copy_store(back_up: &BackUp) -> Result<Done, Failure> {
    if database(&Home::new(&back_up.folder))?.is_some() {
        return Err(Failure::plain("this node's store is a database", "use `pg_dump`: docs/postgres.md says how"));
    }
    if back_up.to.exists() {
        return Err(Failure::plain(format!("`{}` exists already", back_up.to.display()), "name another file"));
    }
    let store = open(&back_up.folder)?;
    store.back_up(&back_up.to).map_err(|fault| plain(fault, ""))?;
    let copy = Sqlite::open(&back_up.to).map_err(|fault| plain(fault, ""))?;
    copy.check().map_err(|fault| plain(fault, "the copy cannot be used"))?;
    let size = copy.load().map_err(|fault| plain(fault, "the copy cannot be used"))?.items.len();
    Ok(Done {
        out: format!("{size} entries in `{}`\n", back_up.to.display()),
        notes: "keys are not in it: keep those apart\n".to_owned(),
        is_clean: true,
    })
}

/// The database that a node's store is in; none: a file.
fn database(home: &Home) -> Result<Option<Address>, Failure> {
    let said = address(std::env::var("ACCEDE_STORE").ok().as_ref())?;
    Ok(said.or_else(|| home.settings().ok().and_then(|settings| settings.store)))
}

/// An address as it was given. What is wrong with it is told without showing it: a password may be in it.
fn address(given: Option<&String>) -> Result<Option<Address>, Failure> {
    let read = given.map(|given| given.parse()).transpose();
    read.map_err(|fault: StoreFault| plain(fault, "write `postgres://role@host/name`, as docs/postgres.md has it"))
}

fn open(folder: &Path) -> Result<Sqlite, Failure> {
    Sqlite::open(&Home::new(folder).store_path())
        .map_err(|fault| plain(fault, "name the folder of a node that has adopted a framework"))
}

fn bring_back(restore: &Restore) -> Result<Done, Failure> {
    let home = Home::new(&restore.folder);
    home.settings().map_err(|fault| plain(fault, "make it with `accede node init`"))?;
    let place = match (database(&home)?, &restore.from) {
        (Some(address), None) => Place::Server(address),
        (Some(_), Some(_)) => {
            let help = "bring the database back with `pg_restore`, and name no file here: docs/postgres.md says how";
            return Err(Failure::plain("this node's store is a database", help));
        }
        (None, Some(from)) => put_file_back(&home, from)?,
        (None, None) => return Err(Failure::plain("no backup is named", "name one with --from")),
    };
    let mut store = Store::open(&place).map_err(|fault| plain(fault, ""))?;
    if !store.hold().map_err(|fault| plain(fault, ""))? {
        return Err(Failure::plain("this node is running", "stop it everywhere first"));
    }
    let old = home.seat_key().map_err(|fault| plain(fault, ""))?.signer().verifier();
    let (stem, count) = match old.name().as_str().rsplit_once('-') {
        Some((stem, count)) if count.parse::<u64>().is_ok() => (stem.to_owned(), count.parse::<u64>().unwrap_or(1)),
        Some(_) | None => (old.name().as_str().to_owned(), 1),
    };
    let key = home.renew_seat_key(&format!("{stem}-{}", count + 1)).map_err(|fault| plain(fault, ""))?;
    store.take_seat(key.signer().verifier().id()).map_err(|fault| plain(fault, ""))?;
    let says = RosterAct::Seat { key: key.signer().verifier() };
    Ok(Done {
        out: format!("{says}\n"),
        notes: format!(
            "it has a new key for its seat, since nobody can tell what it signed with the old one\n\
             next: `accede node run {0}`, and `accede node seat {0} --via` another party's node\n",
            restore.folder.display()
        ),
        is_clean: true,
    })
}

/// A backup takes the place of the store's file, which is kept beside it.
fn put_file_back(home: &Home, from: &Path) -> Result<Place, Failure> {
    let copy = Sqlite::open(from).map_err(|fault| plain(fault, "name a backup"))?;
    copy.check().map_err(|fault| plain(fault, "use another backup"))?;
    let founding = copy.founding().map_err(|fault| plain(fault, ""))?;
    if home.founding().is_ok_and(|own| own != founding) {
        return Err(Failure::plain("the backup is another framework's", "use another backup"));
    }
    drop(copy);
    let path = home.store_path();
    if path.exists() {
        let kept = beside(&path)?;
        fs::rename(&path, &kept)
            .map_err(|error| Failure::plain(format!("`{}` cannot be put aside: {error}", path.display()), ""))?;
    }
    for rest in ["record.sqlite-wal", "record.sqlite-shm"] {
        drop(fs::remove_file(home.folder().join(rest)));
    }
    fs::copy(from, &path)
        .map_err(|error| Failure::plain(format!("`{}` cannot be written: {error}", path.display()), ""))?;
    Ok(Place::File(path))
}

/// A name beside a file that is not taken yet.
fn beside(path: &Path) -> Result<PathBuf, Failure> {
    (1..1_000)
        .map(|count| path.with_extension(format!("sqlite-before-restore-{count}")))
        .find(|kept| !kept.exists())
        .ok_or_else(|| Failure::plain("there are too many stores that were put aside", "remove some"))
}

fn take_seat(asked: &TakeSeat) -> Result<Done, Failure> {
    let home = Home::new(&asked.folder);
    let settings = home.settings().map_err(|fault| plain(fault, "name the folder of a node"))?;
    let key = home.party_key().map_err(|fault| plain(fault, ""))?;
    let key = key.ok_or_else(|| Failure::plain("the party's key is not in this folder", "put it back for this"))?;
    let says = RosterAct::Seat { key: home.seat_key().map_err(|fault| plain(fault, ""))?.signer().verifier() };
    let founding = home.founding().map_err(|fault| plain(fault, "adopt a framework first"))?;
    let client = Client::new(&asked.via, asked.token.clone()).map_err(|fault| answered(&fault))?;
    let told = runtime()?.block_on(async {
        let last = super::act::last(&client, &settings.party).await?;
        let act = node::sign::sign(
            founding.hash(),
            &settings.party,
            &key.signer(),
            last,
            (says.kind(), &says.to_string()),
            Clock::system().now(),
        );
        let act = act.map_err(|fault| ClientFault::Answer(fault.to_string()))?;
        let filed = client.post_bytes("/v1/acts/signed", act.bytes().to_vec()).await?;
        super::act::wait(&client, filed).await
    });
    let told = told.map_err(|fault| answered(&fault))?;
    let is_final = told.get("progress").and_then(Value::as_str) == Some("final");
    let is_void = told.get("counts") == Some(&Value::Bool(false));
    let notes = if is_final { "" } else { "it is not final yet: too few nodes that have a seat can be reached\n" };
    Ok(Done { out: format!("{}\n", node::page::act(&told)), notes: notes.to_owned(), is_clean: is_final && !is_void })
}

fn status(stand: &Stand) -> Result<Done, Failure> {
    let client = client(&stand.asked)?;
    let told = runtime()?.block_on(client.get("/v1/status")).map_err(|fault| answered(&fault))?;
    let is_frozen = told.get("frozen") == Some(&Value::Bool(true));
    let out = match stand.answering.format {
        Format::Json => format!("{told:#}\n"),
        Format::Human => node::page::status(&told).into_iter().map(|line| format!("{line}\n")).collect(),
    };
    Ok(Done { out, notes: String::new(), is_clean: !is_frozen })
}
