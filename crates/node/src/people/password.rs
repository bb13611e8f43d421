//! Passwords: what is asked of them, and what is kept of them. Read [`Weak`], then [`verify`].
//!
//! Argon2id does the work. All of it takes long on purpose: never in an asynchronous task, never while a lock is held.

use std::collections::BTreeSet;
use std::fmt;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use unicode_normalization::UnicodeNormalization;

use super::name::Name;

/// How many characters a password has at least.
pub const PASSWORD_CHARS_MIN: usize = 12;

/// How many bytes a password has at most.
pub const PASSWORD_BYTES_MAX: usize = 1_024;

/// How many different characters a password has at least.
const DIFFERENT_MIN: usize = 5;

/// What OWASP asks for, at least: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How what is kept begins, where it was made with the parameters above.
const CURRENT: &str = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Why a password will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// It is too short.
    Short,
    /// It is too long.
    Long,
    /// It is the same few characters over and over.
    Same,
    /// The person's name is in it.
    Named,
}

impl fmt::Display for Weak {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => write!(out, "a password has {PASSWORD_CHARS_MIN} characters or more"),
            Self::Long => write!(out, "a password has {PASSWORD_BYTES_MAX} bytes or fewer"),
            Self::Same => write!(out, "a password has {DIFFERENT_MIN} different characters or more"),
            Self::Named => out.write_str("a password does not have its person's name in it"),
        }
    }
}

/// Whether this password will do for that person.
///
/// # Errors
///
/// Where it will not: why.
pub fn check(password: &str, name: &Name) -> Result<(), Weak> {
    if password.len() > PASSWORD_BYTES_MAX {
        return Err(Weak::Long);
    }
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return Err(Weak::Short);
    }
    if password.chars().collect::<BTreeSet<char>>().len() < DIFFERENT_MIN {
        return Err(Weak::Same);
    }
    // A name of two letters may well stand in a good password.
    let is_named = name.as_str().len() >= 4 && password.to_lowercase().contains(name.as_str());
    if is_named { Err(Weak::Named) } else { Ok(()) }
}

/// The machine has no memory or no random numbers to keep a password with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoHash;

/// What is kept of a password: a PHC string.
///
/// # Errors
///
/// Where the machine cannot.
pub fn hash(password: &str) -> Result<String, NoHash> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(|_| NoHash)?;
    let kept = argon2()?.hash_password_with_salt(&normal(password), &salt).map_err(|_| NoHash)?;
    Ok(kept.to_string())
}

/// Whether this is the password of which that was kept. None was kept: it is not, and it takes as long to say so, so that
/// nobody learns by the clock who is known here.
///
/// # Errors
///
/// Where the machine cannot tell.
pub fn verify(password: &str, kept: Option<&str>) -> Result<bool, NoHash> {
    let password = normal(password);
    let Some(kept) = kept else {
        let mut wasted = [0_u8; 32];
        argon2()?.hash_password_into(&password, &[0; 16], &mut wasted).map_err(|_| NoHash)?;
        // The compiler may not find out that nobody wants the sum.
        std::hint::black_box(wasted);
        return Ok(false);
    };
    match argon2()?.verify_password(&password, kept) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(NoHash),
    }
}

/// Whether it was kept with weaker parameters than are asked for now.
#[must_use]
pub fn is_outdated(kept: &str) -> bool {
    !kept.starts_with(CURRENT)
}

/// Two keyboards may write one letter in two ways (NIST SP 800-63B asks for this).
fn normal(password: &str) -> Vec<u8> {
    password.nfkc().collect::<String>().into_bytes()
}

fn argon2() -> Result<Argon2<'static>, NoHash> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| NoHash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::super::name::Name;
    use super::{PASSWORD_BYTES_MAX, Weak, check, hash, is_outdated, verify};

    #[test]
    fn what_will_not_do() {
        let name = Name::new("jane").unwrap();
        let check = |password: &str| check(password, &name);
        assert_eq!(check("correct horse"), Ok(()));
        assert_eq!(check("12 chars: ok"), Ok(()));
        assert_eq!(check("11 chars: o"), Err(Weak::Short));
        // Characters count, not bytes.
        assert_eq!(check("éééééé"), Err(Weak::Short));
        assert_eq!(check("abababababababab"), Err(Weak::Same));
        assert_eq!(check("I am Jane and I know"), Err(Weak::Named));
        let long = "abcdefgh".repeat(PASSWORD_BYTES_MAX / 8);
        assert_eq!((check(&long), check(&format!("{long}x"))), (Ok(()), Err(Weak::Long)));
    }

    #[test]
    fn what_is_kept_tells_one_password_from_another() {
        let kept = hash("correct horse battery").unwrap();
        assert!(!is_outdated(&kept), "{kept}");
        assert_ne!(kept, hash("correct horse battery").unwrap());
        assert_eq!(verify("correct horse battery", Some(&kept)), Ok(true));
        assert_eq!(verify("correct horse batterz", Some(&kept)), Ok(false));
        assert_eq!(verify("correct horse battery", None), Ok(false));
        assert!(verify("correct horse battery", Some("no hash")).is_err());
        assert!(is_outdated("$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aGFzaA"));
    }

    #[test]
    fn a_letter_written_in_two_ways_is_one_letter() {
        let kept = hash("caf\u{e9} au lait, svp").unwrap();
        assert_eq!(verify("cafe\u{301} au lait, svp", Some(&kept)), Ok(true));
    }
}
