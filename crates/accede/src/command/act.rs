//! `accede act`. Read [`run`].

use std::time::Duration;

use council::text::FORMS;
use node::client::{Client, ClientFault};
use serde_json::{Value, json};

use super::node::{answered, runtime};
use crate::cli::{Act, Asked, Format};
use crate::failure::{Done, Failure};

/// So long is waited for an act to be final.
const PATIENCE: Duration = Duration::from_secs(30);

/// Has a node sign and file an act, and waits until it counts.
pub(crate) fn run(arguments: &Act) -> Result<Done, Failure> {
    if arguments.list {
        return Ok(Done::clean(listed(arguments.answering.format)));
    }
    let text = arguments.text.join(" ");
    let client = client(&arguments.asked)?;
    let mut body = json!({ "text": text });
    if let (Some(kind), Some(body)) = (&arguments.kind, body.as_object_mut()) {
        body.insert("kind".to_owned(), Value::String(kind.clone()));
    }
    let told = runtime()?.block_on(async {
        let filed = client.post("/v1/acts", &body).await?;
        if arguments.no_wait { Ok(filed) } else { wait(&client, filed).await }
    });
    let told = told.map_err(|fault| answered(&fault))?;
    let is_final = told.get("progress").and_then(Value::as_str) == Some("final");
    let is_void = told.get("counts") == Some(&Value::Bool(false));
    let out = match arguments.answering.format {
        Format::Json => format!("{told:#}\n"),
        Format::Human => format!("{}\n", node::page::act(&told)),
    };
    let notes = if is_final || arguments.no_wait {
        String::new()
    } else {
        "it is not final: too few nodes can be reached; it will be once they are, and nothing has to be done again\n"
            .to_owned()
    };
    Ok(Done { out, notes, is_clean: !is_void && (is_final || arguments.no_wait) })
}

/// The node that is asked.
pub(crate) fn client(asked: &Asked) -> Result<Client, Failure> {
    Client::new(&asked.node, asked.token.clone()).map_err(|fault| answered(&fault))
}

/// Waits until an act is final, but not for ever.
pub(super) async fn wait(client: &Client, filed: Value) -> Result<Value, ClientFault> {
    let Some(hash) = filed.get("hash").and_then(Value::as_str).map(str::to_owned) else { return Ok(filed) };
    let until = tokio::time::Instant::now() + PATIENCE;
    let mut told = filed;
    while told.get("progress").and_then(Value::as_str) != Some("final") && tokio::time::Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(50)).await;
        told = client.get(&format!("/v1/acts/{hash}")).await?;
    }
    Ok(told)
}

/// All that can be said, and how.
fn listed(format: Format) -> String {
    let form = |form: &council::text::Form| json!({ "kind": form.verb, "pattern": form.pattern, "example": form.example, "does": form.does });
    match format {
        Format::Json => format!("{:#}\n", Value::Array(FORMS.iter().map(form).collect())),
        Format::Human => {
            let mut out = String::from("every act begins with `under` and the name of the charter\n\n");
            for form in FORMS {
                out.push_str(&format!("{}\n    {}\n", form.pattern, form.does));
            }
            out
        }
    }
}
