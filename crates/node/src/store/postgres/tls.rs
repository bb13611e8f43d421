//! TLS to a database: the server shows a certificate that one of the named authorities vouches for. Read [`Authorities`].
//!
//! No list of the world's authorities is built in, and none is read from the machine.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::Socket;
use tokio_postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client;

/// Who may vouch for a server.
#[derive(Clone)]
pub(super) struct Authorities(Arc<ClientConfig>);

/// One connection about to be made.
pub(super) struct Greeting {
    connector: TlsConnector,
    name: ServerName<'static>,
}

/// A connection that nobody else reads.
pub(super) struct Sealed(client::TlsStream<Socket>);

impl Authorities {
    /// Those whose certificates stand in a file, as PEM.
    pub(super) fn read(pem: &[u8]) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|fault| format!("no certificate: {fault}"))?;
            roots.add(certificate).map_err(|fault| format!("no authority's certificate: {fault}"))?;
        }
        if roots.is_empty() {
            return Err("no certificate is in it".to_owned());
        }
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(|fault| fault.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }
}

impl MakeTlsConnect<Socket> for Authorities {
    type Stream = Sealed;
    type TlsConnect = Greeting;
    type Error = rustls::pki_types::InvalidDnsNameError;

    fn make_tls_connect(&mut self, host: &str) -> Result<Greeting, Self::Error> {
        let name = ServerName::try_from(host)?.to_owned();
        Ok(Greeting { connector: TlsConnector::from(Arc::clone(&self.0)), name })
    }
}

impl TlsConnect<Socket> for Greeting {
    type Stream = Sealed;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Sealed>> + Send>>;

    fn connect(self, socket: Socket) -> Self::Future {
        Box::pin(async move { self.connector.connect(self.name, socket).await.map(Sealed) })
    }
}

impl TlsStream for Sealed {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Sealed {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, into)
    }
}

impl AsyncWrite for Sealed {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}
