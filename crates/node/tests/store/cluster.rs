//! A server of PostgreSQL for tests. Read [`cluster`].

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use node::store::postgres::Address;

/// A server, and databases in it that nobody else uses.
pub(crate) struct Cluster {
    /// How its address begins and ends, around a database's name.
    address: (String, String),
    /// What runs it, where this test does. It ends when this end of its input does: also where the test is killed.
    keeper: Option<Child>,
    folder: Option<PathBuf>,
}

/// The server that `ACCEDE_TEST_POSTGRES` names (`postgres://role@host`, by a role that may make databases); else one of
/// the test's own, from binaries that are installed; else none, and why.
pub(crate) fn cluster() -> Option<Cluster> {
    if let Ok(named) = std::env::var("ACCEDE_TEST_POSTGRES") {
        let (front, query) = named.split_once('?').unwrap_or((&named, ""));
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        return Some(Cluster {
            address: (format!("{}/", front.trim_end_matches('/')), query),
            keeper: None,
            folder: None,
        });
    }
    let Some(binaries) = binaries() else {
        println!("no PostgreSQL is installed, and ACCEDE_TEST_POSTGRES names none: nothing is tested with it");
        return None;
    };
    match start(&binaries, None) {
        Ok(cluster) => Some(cluster),
        Err(why) => {
            println!("PostgreSQL does not start, and nothing is tested with it: {why}");
            None
        }
    }
}

/// Where the newest binaries are.
fn binaries() -> Option<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            path.join("bin/initdb").is_file().then(|| (version, path.join("bin")))
        })
        .collect();
    found.sort();
    found.pop().map(|(_, path)| path)
}

/// Nobody runs PostgreSQL as root: then it is its own account that does.
fn command(shell: &str) -> Command {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    let mut command = if is_root { Command::new("runuser") } else { Command::new("sh") };
    if is_root {
        command.args(["-u", "postgres", "--", "sh"]);
    }
    command.arg("-c").arg(shell);
    command
}

const SCRIPT: &str = r#"
mkdir -p "$1" && cd "$1" || exit 1
"$0/initdb" --no-sync --auth=trust --username=accede --encoding=UTF8 --locale=C -D data >log 2>&1 || { cat log >&2; exit 1; }
listens="-c listen_addresses="
if [ -n "$2" ]; then
    new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
    for name in authority stranger; do
        openssl req -x509 $new -days 2 -subj "/CN=$name" -keyout $name.key -out $name.pem >>log 2>&1 || exit 1
    done
    openssl req $new -subj /CN=localhost -keyout server.key -out server.csr >>log 2>&1 || exit 1
    echo subjectAltName=DNS:localhost >names
    openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -extfile names -days 2 \
        -out server.pem >>log 2>&1 || exit 1
    listens="-c listen_addresses=localhost -c port=$2 -c ssl=on -c ssl_cert_file=$1/server.pem -c ssl_key_file=$1/server.key"
fi
"$0/postgres" -D data -k "$1" $listens -c max_connections=200 -c shared_buffers=16MB >>log 2>&1 &
pid=$!
for try in $(seq 200); do
    "$0/psql" -h "$1" -p "${2:-5432}" -U accede -d postgres -c 'select 1' >/dev/null 2>&1 && break
    kill -0 $pid 2>/dev/null || { cat log >&2; exit 1; }
    sleep 0.05
done
echo ready
cat >/dev/null
kill -QUIT $pid
wait $pid
cd / && rm -rf "$1"
"#;

/// A server that is reached by TLS alone, at `localhost`; and where the certificates are of the authority that vouches for
/// it, and of a stranger.
pub(crate) fn sealed() -> Option<(Cluster, PathBuf)> {
    let binaries = binaries()?;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    match start(&binaries, Some(port)) {
        Ok(mut cluster) => {
            let folder = cluster.folder.clone()?;
            // What tests say behind the store's back goes through the socket.
            cluster.address.1.push_str(&format!("&port={port}"));
            Some((cluster, folder))
        }
        Err(why) => {
            println!("no PostgreSQL with TLS: {why}");
            None
        }
    }
}

fn start(binaries: &Path, port: Option<u16>) -> Result<Cluster, String> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("accede-postgres-{}-{count}", std::process::id()));
    let mut command = command(SCRIPT);
    command.arg(binaries).arg(&folder).args(port.map(|port| port.to_string())).current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut keeper = command.spawn().map_err(|error| error.to_string())?;
    let mut line = String::new();
    let read = BufReader::new(keeper.stdout.take().unwrap()).read_line(&mut line);
    if read.is_err() || line.trim() != "ready" {
        let output = keeper.wait_with_output().map_err(|error| error.to_string())?;
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let query = format!("?host={}", folder.display().to_string().replace('/', "%2F"));
    Ok(Cluster { address: ("postgres://accede@/".to_owned(), query), keeper: Some(keeper), folder: Some(folder) })
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            drop(keeper.stdin.take());
            drop(keeper.wait());
        }
    }
}

impl Cluster {
    fn text(&self, database: &str) -> String {
        format!("{}{database}{}", self.address.0, self.address.1)
    }

    /// A database with nothing in it.
    pub(crate) fn database(&self, name: &str) -> Address {
        // The server may be one that other runs use too.
        let name = format!("accede_{name}_{}", std::process::id());
        self.say("postgres", &format!("drop database if exists {name}"));
        self.say("postgres", &format!("create database {name}"));
        self.text(&name).parse().unwrap()
    }

    /// Says something to a database behind the store's back.
    pub(crate) fn say(&self, database: &str, sql: &str) {
        say(&self.text(database).parse().unwrap(), sql);
    }
}

/// Says something to a database behind the store's back.
pub(crate) fn say(address: &Address, sql: &str) {
    ask(address, sql);
}

/// Asks a database something, and gives the first column of the first row as text; none where there is no row.
pub(crate) fn ask(address: &Address, sql: &str) -> Option<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let config: tokio_postgres::Config = String::from(address.clone()).parse().unwrap();
    runtime.block_on(async {
        let begun = Instant::now();
        let (client, connection) = loop {
            match config.connect(tokio_postgres::NoTls).await {
                Ok(connected) => break connected,
                Err(error) if begun.elapsed() > Duration::from_secs(10) => panic!("{address}: {error}"),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        };
        let driven = tokio::spawn(connection);
        let told = client.simple_query(sql).await.unwrap_or_else(|error| panic!("`{sql}`: {error:?}"));
        drop(client);
        driven.await.unwrap().unwrap();
        told.iter().find_map(|message| {
            if let tokio_postgres::SimpleQueryMessage::Row(row) = message {
                row.get(0).map(str::to_owned)
            } else {
                None
            }
        })
    })
}
