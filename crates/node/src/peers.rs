//! How nodes talk: one message, one `POST`, over TLS pinned to the keys of seats. Read [`Post`] and [`serve`].
//!
//! What cannot be sent is dropped: a node says again what matters, and asks for what it lacks.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use record::key::{KeyId, Purpose};
use record::node::{Message, To};
use record::signed::Signed;
use record::wire;
use rustls::pki_types::ServerName;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::time::{sleep, timeout};
use tokio_rustls::{TlsAcceptor, TlsConnector};
use tracing::{debug, info, warn};

use crate::engine::{Handle, Order};
use crate::tls::{Identity, public_key};

/// The path to which messages go.
const PATH: &str = "/peer/v1/messages";

/// So many messages wait for one node; more are dropped.
const QUEUE_MAX: usize = 512;

/// How long one message may be: as many entries as are sent at once, each as long as can be.
const BODY_BYTES_MAX: usize = 300 << 20;

/// So many connections are shaken hands on at once, and so many are open.
const HANDSHAKES_MAX: usize = 64;
const CONNECTIONS_MAX: usize = 1_024;

const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(30);
const PAUSE_MIN: Duration = Duration::from_millis(100);
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// Where messages to other nodes go.
#[derive(Clone, Default)]
pub struct Post {
    queues: Arc<RwLock<BTreeMap<KeyId, mpsc::Sender<Bytes>>>>,
}

impl Post {
    /// Sends a message, or drops it where too many wait already.
    pub fn send(&self, to: To<KeyId>, message: &Message<Signed>) {
        let Ok(bytes) = wire::encode(message) else {
            warn!("a message is too long to be sent");
            return;
        };
        let bytes = Bytes::from(bytes);
        let queues = self.queues.read().unwrap_or_else(PoisonError::into_inner);
        for (seat, queue) in queues.iter() {
            let is_meant = match to {
                To::All => true,
                To::One(one) => one == *seat,
            };
            if is_meant && queue.try_send(bytes.clone()).is_err() {
                debug!(%seat, "a message was dropped");
            }
        }
    }

    /// Whether messages to this seat go anywhere.
    #[must_use]
    pub fn has(&self, seat: KeyId) -> bool {
        self.queues.read().unwrap_or_else(PoisonError::into_inner).contains_key(&seat)
    }

    /// Begins to send to a seat's node at an address, until the post is told otherwise.
    pub fn open(&self, seat: KeyId, key: [u8; 32], address: String, identity: Identity, stop: watch::Receiver<bool>) {
        let (queue, messages) = mpsc::channel(QUEUE_MAX);
        self.queues.write().unwrap_or_else(PoisonError::into_inner).insert(seat, queue);
        tokio::spawn(deliver(key, address, identity, messages, stop));
    }

    /// Sends to a seat no more.
    pub fn close(&self, seat: KeyId) {
        self.queues.write().unwrap_or_else(PoisonError::into_inner).remove(&seat);
    }
}

/// Takes messages from a queue to a node, one after the other, over one connection as long as it lasts.
async fn deliver(
    key: [u8; 32],
    address: String,
    identity: Identity,
    mut messages: mpsc::Receiver<Bytes>,
    mut stop: watch::Receiver<bool>,
) {
    let (mut connection, mut pause): (Option<SendRequest<Full<Bytes>>>, Duration) = (None, PAUSE_MIN);
    loop {
        let message = tokio::select! {
            message = messages.recv() => message,
            _ = stop.wait_for(|stops| *stops) => None,
        };
        let Some(message) = message else { return };
        let mut sender = match connection.take() {
            Some(sender) if sender.is_ready() => sender,
            Some(_) | None => match connect(key, &address, &identity).await {
                Ok(sender) => sender,
                Err(fault) => {
                    debug!(%address, "no connection: {fault}");
                    // What waited meanwhile is old news: it is said again.
                    while messages.try_recv().is_ok() {}
                    sleep(pause).await;
                    pause = (pause * 2).min(PAUSE_MAX);
                    continue;
                }
            },
        };
        let request = Request::builder().method(Method::POST).uri(PATH).header(hyper::header::HOST, "node");
        let Ok(request) = request.body(Full::new(message)) else { continue };
        match timeout(ANSWER, sender.send_request(request)).await {
            Ok(Ok(response)) => {
                pause = PAUSE_MIN;
                let status = response.status();
                if response.into_body().collect().await.is_ok() && status.is_success() {
                    connection = Some(sender);
                } else {
                    debug!(%address, %status, "a message was not taken");
                }
            }
            Ok(Err(fault)) => debug!(%address, "a message was not sent: {fault}"),
            Err(_) => debug!(%address, "no answer"),
        }
    }
}

/// Why there is no connection.
type Fault = Box<dyn std::error::Error + Send + Sync>;

async fn connect(key: [u8; 32], address: &str, identity: &Identity) -> Result<SendRequest<Full<Bytes>>, Fault> {
    let socket = timeout(CONNECT, TcpStream::connect(address)).await??;
    socket.set_nodelay(true)?;
    let connector = TlsConnector::from(Arc::new(identity.client(key)?));
    // The key is pinned; the name is for form's sake.
    let name = ServerName::try_from("node")?;
    let stream = timeout(CONNECT, connector.connect(name, socket)).await??;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(async move {
        if let Err(fault) = connection.await {
            debug!("a connection has ended: {fault}");
        }
    });
    Ok(sender)
}

/// Takes messages of other nodes, until told to stop.
///
/// # Errors
///
/// Where TLS cannot be set up.
pub async fn serve(
    listener: TcpListener,
    identity: Identity,
    handle: Handle,
    mut stop: watch::Receiver<bool>,
) -> Result<(), rustls::Error> {
    let known = handle.clone();
    let config = identity.server(Arc::new(move |key| seat_of(&known, key).is_some()))?;
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let (handshakes, connections) =
        (Arc::new(Semaphore::new(HANDSHAKES_MAX)), Arc::new(Semaphore::new(CONNECTIONS_MAX)));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stops| *stops) => return Ok(()),
        };
        let Ok((socket, from)) = accepted else {
            sleep(PAUSE_MIN).await;
            continue;
        };
        let (Ok(shaking), Ok(open)) =
            (Arc::clone(&handshakes).try_acquire_owned(), Arc::clone(&connections).try_acquire_owned())
        else {
            debug!(%from, "too many connections");
            continue;
        };
        let (acceptor, handle, stop) = (acceptor.clone(), handle.clone(), stop.clone());
        tokio::spawn(async move {
            let shaken = timeout(CONNECT, acceptor.accept(socket)).await;
            drop(shaking);
            match shaken {
                Ok(Ok(stream)) => {
                    let shown = stream.get_ref().1.peer_certificates().and_then(|shown| shown.first());
                    let seat = shown.and_then(|shown| public_key(shown)).and_then(|key| seat_of(&handle, &key));
                    if let Some(seat) = seat {
                        attend(TokioIo::new(stream), seat, handle, stop).await;
                    }
                }
                Ok(Err(fault)) => info!(%from, "refused: {fault}"),
                Err(_) => info!(%from, "no handshake in time"),
            }
            drop(open);
        });
    }
}

/// The seat that has this key, or none: who has none is not talked to.
fn seat_of(handle: &Handle, key: &[u8; 32]) -> Option<KeyId> {
    handle.read(|book| {
        let keys = book.ledger.roster().keys();
        let seats = book.stand.seats.iter().map(|(_, seat)| seat);
        let all = seats.chain(book.stand.members.iter().filter_map(|seat| keys.get(seat)));
        all.filter(|seat| seat.purpose() == Purpose::Cosignature && seat.public().bytes() == key)
            .map(record::key::VerifierKey::id)
            .next()
    })
}

async fn attend<S>(stream: S, seat: KeyId, handle: Handle, mut stop: watch::Receiver<bool>)
where
    S: hyper::rt::Read + hyper::rt::Write + Unpin,
{
    let service = service_fn(move |request| hear(request, seat, handle.clone()));
    let mut builder = hyper::server::conn::http1::Builder::new();
    let connection = builder.timer(TokioTimer::new()).header_read_timeout(ANSWER).serve_connection(stream, service);
    tokio::pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => if let Err(fault) = ended { debug!(%seat, "a connection has ended: {fault}") },
        _ = stop.wait_for(|stops| *stops) => connection.as_mut().graceful_shutdown(),
    }
}

async fn hear(
    request: Request<Incoming>,
    seat: KeyId,
    handle: Handle,
) -> Result<Response<Full<Bytes>>, std::convert::Infallible> {
    let is_it = request.method() == Method::POST && request.uri().path() == PATH;
    if !is_it {
        return Ok(answer(StatusCode::NOT_FOUND));
    }
    let Ok(body) = Limited::new(request.into_body(), BODY_BYTES_MAX).collect().await else {
        return Ok(answer(StatusCode::PAYLOAD_TOO_LARGE));
    };
    let message = match wire::decode(&body.to_bytes()) {
        Ok(message) => message,
        Err(fault) => {
            warn!(%seat, "no message: {fault}");
            return Ok(answer(StatusCode::BAD_REQUEST));
        }
    };
    // Whose seat was taken away while it talks, is heard no more.
    let has_seat = handle.read(|book| book.stand.members.contains(&seat) || book.stand.party_of(seat).is_some());
    if !has_seat {
        return Ok(answer(StatusCode::FORBIDDEN));
    }
    Ok(answer(match handle.order(Order::Heard(seat, Box::new(message))) {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }))
}

fn answer(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::new()));
    *response.status_mut() = status;
    response
}

/// Where a node listens, once it does.
#[derive(Clone, Copy, Debug)]
pub struct Addresses {
    /// For its people.
    pub people: SocketAddr,
    /// For other nodes.
    pub peers: SocketAddr,
}
