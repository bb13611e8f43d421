//! Who may do what: the one table of it. Read [`Role::may`].

use std::fmt;
use std::str::FromStr;

/// Something that a person may or may not have the node do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// See the situation, the acts and where the node stands.
    Read,
    /// Try out what an act would bring about, without signing it.
    Draft,
    /// Hand in an act that was signed elsewhere: the signature is its authority, and not who brings it.
    FileSigned,
    /// Have the node sign an act for the party.
    Sign,
    /// Have the node vote for another depositary.
    Succeed,
    /// Make people, and see who there is; whom, says [`Role::manages`].
    ManagePeople,
    /// Say where other nodes are found.
    ManagePeers,
    /// Copy the node's stores.
    BackUp,
    /// See how the machine fares.
    ReadMetrics,
    /// See who did what.
    ReadAudit,
}

/// What somebody is in the delegation. Each may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads.
    Observer,
    /// Drafts, and brings what is signed already.
    LiaisonOfficer,
    /// Binds the party.
    HeadOfDelegation,
    /// Keeps the machine running, and binds nobody.
    Administrator,
}

impl Role {
    /// All of them, in rising order.
    pub const ALL: [Self; 4] = [Self::Observer, Self::LiaisonOfficer, Self::HeadOfDelegation, Self::Administrator];

    /// Whether somebody in this role may do that.
    ///
    /// Whoever binds the party does not keep the machine, and the other way round: neither a stolen head's password nor a
    /// stolen administrator's is enough to sign and to hide it.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        let [observer, liaison, head, administrator] = match permission {
            Permission::Read => [true, true, true, true],
            Permission::Draft | Permission::FileSigned => [false, true, true, false],
            Permission::Sign | Permission::Succeed => [false, false, true, false],
            Permission::ManagePeople | Permission::ReadAudit => [false, false, true, true],
            Permission::ManagePeers | Permission::BackUp | Permission::ReadMetrics => [false, false, false, true],
        };
        match self {
            Self::Observer => observer,
            Self::LiaisonOfficer => liaison,
            Self::HeadOfDelegation => head,
            Self::Administrator => administrator,
        }
    }

    /// Whether somebody in this role may make people of that role, change them, and let them set a password.
    ///
    /// An administrator who could make a head would sign through him. So each makes their own kind, and those who only
    /// read and draft; [disabling](super::Change) is open to both, since a stolen password has to be stopped at once.
    #[must_use]
    pub fn manages(self, other: Self) -> bool {
        let leads = |role: Self| role.may(Permission::ManagePeople);
        leads(self) && (self == other || !leads(other))
    }

    /// `observer`, `liaison-officer`, …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Observer => "observer",
            Self::LiaisonOfficer => "liaison-officer",
            Self::HeadOfDelegation => "head-of-delegation",
            Self::Administrator => "administrator",
        }
    }
}

impl Permission {
    /// All of them, from what is open to most to what is open to fewest.
    pub const ALL: [Self; 10] = [
        Self::Read,
        Self::Draft,
        Self::FileSigned,
        Self::Sign,
        Self::Succeed,
        Self::ManagePeople,
        Self::ReadAudit,
        Self::ManagePeers,
        Self::BackUp,
        Self::ReadMetrics,
    ];

    /// Whether a token may carry it. What makes people, or another depositary, is for a person who has logged in: a
    /// token that leaked could otherwise make itself a person, and stay.
    #[must_use]
    pub fn fits_a_token(self) -> bool {
        match self {
            Self::Read | Self::Draft | Self::FileSigned | Self::Sign => true,
            Self::BackUp | Self::ReadMetrics | Self::ReadAudit => true,
            Self::Succeed | Self::ManagePeople | Self::ManagePeers => false,
        }
    }

    /// `read`, `file-signed`, …
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Draft => "draft",
            Self::FileSigned => "file-signed",
            Self::Sign => "sign",
            Self::Succeed => "succeed",
            Self::ManagePeople => "manage-people",
            Self::ManagePeers => "manage-peers",
            Self::BackUp => "back-up",
            Self::ReadMetrics => "read-metrics",
            Self::ReadAudit => "read-audit",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// A word that names no role, or no permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord(pub String);

impl fmt::Display for UnknownWord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}` is no role and no permission", self.0)
    }
}

impl std::error::Error for UnknownWord {}

impl FromStr for Role {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|role| role.word() == word).ok_or_else(|| UnknownWord(word.to_owned()))
    }
}

impl FromStr for Permission {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|permission| permission.word() == word).ok_or_else(|| UnknownWord(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Permission, Role};

    /// The page says what the table says.
    #[test]
    fn the_page_has_the_same_table() {
        let page = include_str!("../../../../docs/people.md");
        for permission in Permission::ALL {
            let mark = |is: bool| if is { "yes" } else { "" };
            let cells: Vec<&str> = Role::ALL.iter().map(|role| mark(role.may(permission))).collect();
            let token = mark(permission.fits_a_token());
            let row = page.lines().find(|line| line.starts_with(&format!("| `{permission}` |")));
            let row = row.unwrap_or_else(|| panic!("docs/people.md has no row for `{permission}`"));
            let told: Vec<&str> = row.split('|').map(str::trim).collect();
            assert_eq!(&told[3..7], cells.as_slice(), "{permission}");
            assert_eq!(told[7], token, "{permission}");
        }
    }

    #[test]
    fn neither_of_those_who_lead_makes_the_other() {
        for role in Role::ALL {
            assert!(!Role::Observer.manages(role) && !Role::LiaisonOfficer.manages(role));
        }
        assert!(Role::HeadOfDelegation.manages(Role::HeadOfDelegation));
        assert!(Role::HeadOfDelegation.manages(Role::LiaisonOfficer));
        assert!(!Role::HeadOfDelegation.manages(Role::Administrator));
        assert!(Role::Administrator.manages(Role::Administrator));
        assert!(!Role::Administrator.manages(Role::HeadOfDelegation));
    }

    #[test]
    fn whoever_keeps_the_machine_signs_nothing() {
        for permission in [Permission::Sign, Permission::Succeed, Permission::FileSigned, Permission::Draft] {
            assert!(!Role::Administrator.may(permission));
        }
    }

    #[test]
    fn words_come_back() {
        assert!(Role::ALL.into_iter().all(|role| role.word().parse() == Ok(role)));
        assert!(Permission::ALL.into_iter().all(|permission| permission.word().parse() == Ok(permission)));
        assert!("Observer".parse::<Role>().is_err() && "all".parse::<Permission>().is_err());
    }
}
