//! Where a database is: `postgres://…`. Read [`Address`].

use std::fmt;
use std::fs;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use super::tls::Authorities;
use crate::store::StoreFault;

/// What says which authorities may vouch for the server: a file with their certificates.
const AUTHORITIES: &str = "sslrootcert";

/// How long a connection may take to come about, and to be silent before it counts as broken.
const CONNECT: Duration = Duration::from_secs(5);
const SILENT: Duration = Duration::from_secs(10);

/// A database's address, as it is written: `postgres://role@host:port/name?…`. It is never shown whole, since a password
/// may be in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Address(String);

/// An address that was read.
pub(super) struct Server {
    pub(super) config: Config,
    /// Who vouches for it; none: nothing goes over a network.
    pub(super) authorities: Option<Authorities>,
}

impl Address {
    /// Whether a text is one, and no path.
    #[must_use]
    pub fn is_one(text: &str) -> bool {
        text.starts_with("postgres://") || text.starts_with("postgresql://")
    }

    /// Whether a password is in it.
    #[must_use]
    pub fn has_password(&self) -> bool {
        Config::from_str(&split(&self.0).0).is_ok_and(|config| config.get_password().is_some())
    }

    /// Reads it, and the password that the environment has where it has none itself.
    ///
    /// # Errors
    ///
    /// Where it is none; where it leads over a network, and nobody is named who vouches for the server.
    pub(super) fn read(&self) -> Result<Server, StoreFault> {
        let (plain, authorities) = split(&self.0);
        let wrong = |what: String| StoreFault::Address(self.to_string(), what);
        let mut config = Config::from_str(&plain).map_err(|error| wrong(told(&error)))?;
        if config.get_password().is_none()
            && let Ok(password) = std::env::var("PGPASSWORD")
        {
            config.password(password);
        }
        config.application_name(format!("accede {}", std::process::id())).connect_timeout(CONNECT);
        config.keepalives_idle(SILENT).keepalives_interval(Duration::from_secs(2)).keepalives_retries(3);
        config.tcp_user_timeout(SILENT);
        let authorities = match authorities {
            None => None,
            Some(path) => {
                let pem = fs::read(&path).map_err(|error| wrong(format!("{}: {error}", path.display())))?;
                Some(Authorities::read(&pem).map_err(|fault| wrong(format!("{}: {fault}", path.display())))?)
            }
        };
        if authorities.is_some() {
            config.ssl_mode(SslMode::Require);
        } else if !is_near(&config) {
            return Err(wrong(format!(
                "it leads over a network: name who vouches for the server (`{AUTHORITIES}=FILE`)"
            )));
        } else {
            config.ssl_mode(SslMode::Disable);
        }
        Ok(Server { config, authorities })
    }
}

impl From<String> for Address {
    /// Takes whatever a file says: whether it is one is seen when it is used, so that no fault of the file's shows it.
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl FromStr for Address {
    type Err = StoreFault;

    /// Takes a text that is one.
    fn from_str(text: &str) -> Result<Self, StoreFault> {
        if !Self::is_one(text) {
            let what = "it does not begin with `postgres://`".to_owned();
            return Err(StoreFault::Address("the store's address".to_owned(), what));
        }
        let address = Self(text.to_owned());
        Config::from_str(&split(text).0).map_err(|error| StoreFault::Address(address.to_string(), told(&error)))?;
        Ok(address)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl fmt::Display for Address {
    /// Where it leads, without what must not be shown.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let rest = rest.split('?').next().unwrap_or_default();
        write!(out, "postgres://{}", rest.rsplit_once('@').map_or(rest, |(_, rest)| rest))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// An address without the authorities, which its reader does not know, and the file that it names for them.
fn split(text: &str) -> (String, Option<PathBuf>) {
    let Some((front, query)) = text.split_once('?') else { return (text.to_owned(), None) };
    let (mut rest, mut authorities) = (Vec::new(), None);
    for word in query.split('&') {
        match word.split_once('=') {
            Some((AUTHORITIES, path)) => authorities = Some(PathBuf::from(path)),
            Some(_) | None => rest.push(word),
        }
    }
    let rest = if rest.is_empty() { front.to_owned() } else { format!("{front}?{}", rest.join("&")) };
    (rest, authorities)
}

/// Whether all that it names is on this machine.
fn is_near(config: &Config) -> bool {
    let named = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    });
    named && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// An error, and what it comes from.
pub(super) fn told(error: &tokio_postgres::Error) -> String {
    let mut told = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        told = format!("{told}: {error}");
        source = error.source();
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_shown() {
        let address: Address = "postgres://pak:se@cret@localhost:5433/records?options=x".parse().unwrap();
        assert_eq!(address.to_string(), "postgres://localhost:5433/records");
        assert_eq!(format!("{address:?}"), "postgres://localhost:5433/records");
    }

    #[test]
    fn nothing_goes_over_a_network_unvouched() {
        let far: Address = "postgres://pak@db.example/records".parse().unwrap();
        assert!(far.read().err().unwrap().to_string().contains("sslrootcert"));
        for near in ["postgres:///records?host=/run/postgresql", "postgres://localhost/x", "postgres://[::1]/x"] {
            let near: Address = near.parse().unwrap();
            assert!(near.read().is_ok(), "{near}");
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for wrong in ["record.sqlite", "mysql://localhost/x", "postgres://localhost/x?colour=blue"] {
            assert!(wrong.parse::<Address>().is_err(), "{wrong}");
        }
    }
}
