//! A node that runs: its folder, its engine, its peers and its API, put together. Read [`run`].

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use record::act::Party;
use record::key::KeyId;
use record::signed::Seat;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::info;

use crate::api::{App, router};
use crate::clock::Clock;
use crate::engine::{self, Handle, Order, Parts};
use crate::home::{Home, HomeFault, Settings};
use crate::ledger::{Ledger, LedgerFault, library};
use crate::peers::{Addresses, Post, serve};
use crate::store::{Store, StoreFault};
use crate::tls::Identity;

/// Why a node does not run.
#[derive(Debug)]
pub enum RunFault {
    /// Its folder.
    Home(HomeFault),
    /// Its charters.
    Ledger(LedgerFault),
    /// Its store.
    Store(StoreFault),
    /// A place to listen at.
    Listen(SocketAddr, std::io::Error),
    /// Its key, or TLS.
    Tls(rustls::Error),
}

impl fmt::Display for RunFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home(fault) => fault.fmt(out),
            Self::Ledger(fault) => fault.fmt(out),
            Self::Store(fault) => fault.fmt(out),
            Self::Listen(address, error) => write!(out, "nothing can listen at {address}: {error}"),
            Self::Tls(error) => write!(out, "TLS: {error}"),
        }
    }
}

impl std::error::Error for RunFault {}

impl From<HomeFault> for RunFault {
    fn from(fault: HomeFault) -> Self {
        Self::Home(fault)
    }
}

impl From<LedgerFault> for RunFault {
    fn from(fault: LedgerFault) -> Self {
        Self::Ledger(fault)
    }
}

impl From<StoreFault> for RunFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl From<rustls::Error> for RunFault {
    fn from(error: rustls::Error) -> Self {
        Self::Tls(error)
    }
}

/// A node that runs.
pub struct Running {
    /// The engine.
    pub handle: Handle,
    /// Where it listens.
    pub addresses: Addresses,
    /// Whose it is.
    pub party: Party,
    /// What its API answers from.
    pub app: App,
    stop: watch::Sender<bool>,
    whereabouts: watch::Sender<BTreeMap<String, String>>,
    tasks: JoinSet<()>,
    engine: JoinHandle<()>,
}

/// Where a node listens, taken before it runs: so that others can be told.
pub struct Listeners {
    people: TcpListener,
    peers: TcpListener,
}

impl Listeners {
    /// Takes the places that the settings name; a port of 0 is any that is free.
    ///
    /// # Errors
    ///
    /// Where one is taken.
    pub async fn bind(settings: &Settings) -> Result<Self, RunFault> {
        let bind = async |at: SocketAddr| TcpListener::bind(at).await.map_err(|error| RunFault::Listen(at, error));
        Ok(Self { people: bind(settings.listen).await?, peers: bind(settings.peers_listen).await? })
    }

    /// Where they are.
    ///
    /// # Errors
    ///
    /// Where the machine does not say.
    pub fn addresses(&self) -> Result<Addresses, RunFault> {
        let unset = SocketAddr::from(([0, 0, 0, 0], 0));
        let of = |listener: &TcpListener| listener.local_addr().map_err(|error| RunFault::Listen(unset, error));
        Ok(Addresses { people: of(&self.people)?, peers: of(&self.peers)? })
    }
}

/// Starts a node from its folder. Where it is open, nobody is asked who they are: it has to listen to this machine alone.
///
/// # Errors
///
/// Where something of it is missing, damaged or taken.
pub fn run(
    home: &Home,
    settings: &Settings,
    listeners: Listeners,
    clock: Clock,
    is_open: bool,
) -> Result<Running, RunFault> {
    let founding = home.founding()?;
    let library = library(&founding, &home.texts(&founding)?)?;
    let store = Store::open(&home.store(settings))?;
    if store.founding()? != founding {
        return Err(RunFault::Store(StoreFault::Other));
    }
    let wrong = |what: &str| HomeFault::Content(home.folder().to_owned(), what.to_owned());
    let key = home.seat_key()?;
    let verifier = key.signer().verifier();
    let identity = Identity::new(key.seed(), verifier.public().bytes())?;
    let seat = Seat::new(founding.hash(), key.signer()).ok_or_else(|| wrong("its seat's key is none for a seat"))?;
    let party = Party::new(&settings.party).map_err(|fault| wrong(&format!("`{}`: {fault}", settings.party)))?;
    let readers = store.readers();
    let post = Post::default();
    let outbox = post.clone();
    let parts = Parts {
        store,
        seat,
        party: party.clone(),
        office: home.party_key()?.map(|key| key.signer()),
        ledger: Ledger::new(&founding, library),
        snapshot: Some(home.snapshot_path()),
        clock: clock.clone(),
        outbox: Box::new(move |to, message| outbox.send(to, &message)),
    };
    let addresses = listeners.addresses()?;
    let (handle, engine) = engine::start(parts)?;
    let (stop, stops) = watch::channel(false);
    let app = App {
        handle: handle.clone(),
        people: home.people(settings, &clock)?,
        is_open,
        clock,
        party: party.clone(),
        founding: Arc::new(founding),
        charters: home.folder().join("charters"),
        store: readers,
        stops: stops.clone(),
    };
    let mut tasks = JoinSet::new();
    let (told, kept) = (stopped(stops.clone()), app.clone());
    tasks.spawn(async move {
        let serving = axum::serve(listeners.people, router(app).into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(told);
        if let Err(error) = serving.await {
            tracing::error!("the API has ended: {error}");
        }
    });
    let (peers, called, until) = (handle.clone(), identity.clone(), stops.clone());
    tasks.spawn(async move {
        if let Err(error) = serve(listeners.peers, called, peers, until).await {
            tracing::error!("nobody can be heard: {error}");
        }
    });
    let (whereabouts, peers) = watch::channel(settings.peers.clone());
    tasks.spawn(keep_in_touch(handle.clone(), post, peers, verifier.id(), identity, stops));
    info!(party = party.as_str(), people = %addresses.people, peers = %addresses.peers, "running");
    Ok(Running { handle, addresses, party, app: kept, stop, whereabouts, tasks, engine })
}

impl Running {
    /// Tells where another party's node is from now on.
    pub fn is_at(&self, party: &str, address: &str) {
        self.whereabouts.send_modify(|all| {
            all.insert(party.to_owned(), address.to_owned());
        });
    }

    /// Stops: what was begun is done, what was promised is on the disk.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
        while let Err(refused) = self.handle.order(Order::Stop) {
            if refused.code == "stopped" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let engine = self.engine;
        drop(tokio::task::spawn_blocking(move || engine.join()).await);
    }
}

async fn stopped(mut stops: watch::Receiver<bool>) {
    drop(stops.wait_for(|stops| *stops).await);
}

/// Opens a way to each seat whose node's address is known, and closes those of seats that were given up.
async fn keep_in_touch(
    handle: Handle,
    post: Post,
    mut peers: watch::Receiver<BTreeMap<String, String>>,
    own: KeyId,
    identity: Identity,
    stops: watch::Receiver<bool>,
) {
    let mut changes = handle.changes();
    let mut open: BTreeMap<KeyId, String> = BTreeMap::new();
    let mut until = stops.clone();
    loop {
        let seats = handle.read(|book| book.stand.seats.clone());
        let wanted = |seat: &KeyId| seats.iter().any(|(_, key)| key.id() == *seat);
        let known = peers.borrow_and_update().clone();
        open.retain(|seat, address| {
            let stays = wanted(seat) && known.values().any(|known| known == address);
            if !stays {
                post.close(*seat);
            }
            stays
        });
        for (party, key) in &seats {
            let seat = key.id();
            if seat != own
                && !open.contains_key(&seat)
                && let Some(address) = known.get(party.as_str())
            {
                post.open(seat, *key.public().bytes(), address.clone(), identity.clone(), stops.clone());
                open.insert(seat, address.clone());
            }
        }
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            changed = peers.changed() => if changed.is_err() { return },
            _ = until.wait_for(|stops| *stops) => return,
        }
        // Seats change seldom, and commits come by the hundred.
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
