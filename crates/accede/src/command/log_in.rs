//! `accede log-in`. Read [`run`].

use std::io::BufRead;

use node::client::Client;
use serde_json::{Value, json};

use super::node::{answered, runtime};
use crate::cli::LogIn;
use crate::failure::{Done, Failure};

/// Logs in, and shows the session's token alone, so that a shell can keep it.
pub(crate) fn run(asked: &LogIn) -> Result<Done, Failure> {
    let password = password()?;
    let client = Client::new(&asked.node, None).map_err(|fault| answered(&fault))?;
    let told = runtime()?.block_on(async {
        if let Some(token) = &asked.set_up {
            client.post("/v1/set-up", &json!({ "token": token, "password": password })).await?;
        }
        client.post("/v1/sessions", &json!({ "name": asked.name, "password": password })).await
    });
    let told = told.map_err(|fault| answered(&fault))?;
    let token = told.get("token").and_then(Value::as_str);
    let token = token.ok_or_else(|| Failure::plain("the node has given no token", "is it a node of this version?"))?;
    Ok(Done::clean(format!("{token}\n")))
}

/// From the environment, or the first line of standard input: never from the list of arguments, which others see.
fn password() -> Result<String, Failure> {
    if let Ok(password) = std::env::var("ACCEDE_PASSWORD") {
        return Ok(password);
    }
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure::plain(format!("no password can be read: {error}"), "give it as ACCEDE_PASSWORD"))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
