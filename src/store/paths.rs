//! Where things are: sessions and configuration, by one rule that `claimdesk paths` shows.
//!
//! Sessions: `--sessions DIR`, else `CLAIMDESK_SESSIONS`, else `./sessions` if that folder holds a `.claimdesk` marker,
//! else `sessions` in the user's data folder. The data folder is `$CLAIMDESK_HOME`, else `$XDG_DATA_HOME/claimdesk` on
//! every Unix, else the system's own. The configuration is `$CLAIMDESK_HOME/config.toml`, else
//! `$XDG_CONFIG_HOME/claimdesk/config.toml`, else `~/.config/claimdesk/config.toml` on every Unix, else the system's own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The file that makes `./sessions` a folder of sessions.
pub const MARKER: &str = ".claimdesk";

/// Why a folder was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// By an option on the command line.
    Flag,
    /// By this environment variable.
    Variable(&'static str),
    /// Because the folder here holds a marker.
    Marker,
    /// It is the user's own folder.
    Default,
}

impl std::fmt::Display for Chosen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag => f.write_str("given on the command line"),
            Self::Variable(name) => write!(f, "from {name}"),
            Self::Marker => f.write_str("because it holds a .claimdesk marker"),
            Self::Default => f.write_str("the default"),
        }
    }
}

/// Where everything is, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The folder of sessions.
    pub sessions: PathBuf,
    /// Why it.
    pub sessions_chosen: Chosen,
    /// The folder of sessions that a working copy of a sample goes to, whatever `sessions` is.
    pub own_sessions: PathBuf,
    /// The configuration file, whether it exists or not.
    pub config: PathBuf,
    /// Why it.
    pub config_chosen: Chosen,
}

/// What the rule looks at, apart from the options: given, so that the rule can be tested.
#[derive(Clone, Copy)]
struct World<'a> {
    variable: &'a dyn Fn(&str) -> Option<OsString>,
    home: Option<&'a Path>,
    /// The system's own folders for data and configuration.
    system: Option<(&'a Path, &'a Path)>,
    here: &'a Path,
}

impl Paths {
    /// Finds everything; `sessions` and `config` are the options of the command line.
    pub fn find(sessions: Option<&Path>, config: Option<&Path>) -> Self {
        let base = directories::BaseDirs::new();
        let project = directories::ProjectDirs::from("", "", "claimdesk");
        let world = World {
            variable: &|name| std::env::var_os(name),
            home: base.as_ref().map(|b| b.home_dir()),
            system: project.as_ref().map(|p| (p.data_dir(), p.config_dir())),
            here: Path::new("."),
        };
        Self::in_world(sessions, config, world)
    }

    fn in_world(sessions: Option<&Path>, config: Option<&Path>, world: World<'_>) -> Self {
        let own_sessions = world.data().join("sessions");
        let (sessions, sessions_chosen) = if let Some(dir) = sessions {
            (dir.to_owned(), Chosen::Flag)
        } else if let Some(dir) = world.set("CLAIMDESK_SESSIONS") {
            (dir, Chosen::Variable("CLAIMDESK_SESSIONS"))
        } else if world.here.join("sessions").join(MARKER).exists() {
            (world.here.join("sessions"), Chosen::Marker)
        } else {
            (own_sessions.clone(), Chosen::Default)
        };
        let (config, config_chosen) = match config {
            Some(file) => (file.to_owned(), Chosen::Flag),
            None => world.config(),
        };
        Self {
            sessions,
            sessions_chosen,
            own_sessions,
            config,
            config_chosen,
        }
    }
}

/// The folders of sessions in which work that fits nowhere else is left, the ones that last longest first: the user's own,
/// then the one for what may go at the next start of the machine.
pub fn last_resorts() -> Vec<PathBuf> {
    const NAME: &str = "claimdesk-rescued";
    let variable = |name: &str| {
        let set = std::env::var_os(name).map(PathBuf::from);
        set.filter(|p| p.is_absolute())
    };
    let base = directories::BaseDirs::new();
    let state = variable("XDG_STATE_HOME")
        .or_else(|| base.as_ref()?.state_dir().map(Path::to_owned))
        .map(|dir| dir.join(NAME));
    let data = Paths::find(None, None).own_sessions;
    let data = data.parent().map(|dir| dir.join(NAME));
    let home = base.as_ref().map(|b| b.home_dir().join(NAME));
    // Others may write to the last one: a name that nobody can have taken.
    let temporary = format!("{NAME}-{}", uuid::Uuid::now_v7().simple());
    let temporary = std::env::temp_dir().join(temporary);
    [data, state, home, Some(temporary)]
        .into_iter()
        .flatten()
        .collect()
}

impl World<'_> {
    fn set(&self, name: &str) -> Option<PathBuf> {
        (self.variable)(name)
            .filter(|v| !v.is_empty())
            .map(PathBuf::from)
    }

    /// An XDG variable counts on Unix, and only where it is absolute, as its specification says.
    fn xdg(&self, name: &str) -> Option<PathBuf> {
        self.set(name).filter(|p| cfg!(unix) && p.is_absolute())
    }

    fn data(&self) -> PathBuf {
        if let Some(home) = self.set("CLAIMDESK_HOME") {
            return home;
        }
        if let Some(xdg) = self.xdg("XDG_DATA_HOME") {
            return xdg.join("claimdesk");
        }
        match (self.system, self.home) {
            (Some((data, _)), _) => data.to_owned(),
            (None, Some(home)) => home.join(".claimdesk"),
            (None, None) => self.here.join(".claimdesk-home"),
        }
    }

    fn config(&self) -> (PathBuf, Chosen) {
        const FILE: &str = "config.toml";
        if let Some(home) = self.set("CLAIMDESK_HOME") {
            return (home.join(FILE), Chosen::Variable("CLAIMDESK_HOME"));
        }
        if let Some(xdg) = self.xdg("XDG_CONFIG_HOME") {
            let dir = xdg.join("claimdesk");
            return (dir.join(FILE), Chosen::Variable("XDG_CONFIG_HOME"));
        }
        let dir = match (self.home, self.system) {
            (Some(home), _) if cfg!(unix) => home.join(".config").join("claimdesk"),
            (_, Some((_, config))) => config.to_owned(),
            _ => self.data(),
        };
        (dir.join(FILE), Chosen::Default)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn find(sessions: Option<&str>, variables: &[(&str, &str)], here: &Path) -> Paths {
        let variable = |name: &str| {
            let found = variables.iter().find(|(n, _)| *n == name);
            found.map(|(_, v)| OsString::from(v))
        };
        let world = World {
            variable: &variable,
            home: Some(Path::new("/home/ada")),
            system: Some((Path::new("/data/claimdesk"), Path::new("/conf/claimdesk"))),
            here,
        };
        Paths::in_world(sessions.map(Path::new), None, world)
    }

    #[test]
    #[cfg(unix)]
    fn each_rule_gives_way_to_the_one_before_it() {
        let plain = tempfile::tempdir().unwrap();
        let marked = tempfile::tempdir().unwrap();
        std::fs::create_dir(marked.path().join("sessions")).unwrap();
        std::fs::write(marked.path().join("sessions").join(MARKER), "").unwrap();
        let here = marked.path().join("sessions");
        let var = ("CLAIMDESK_SESSIONS", "/v");
        let home = ("CLAIMDESK_HOME", "/h");
        let xdg = ("XDG_DATA_HOME", "/x");
        let relative = ("XDG_DATA_HOME", "x");
        for (flag, variables, dir, sessions, chosen) in [
            (Some("/f"), &[var, home][..], &marked, "/f", Chosen::Flag),
            (
                None,
                &[var, home],
                &marked,
                "/v",
                Chosen::Variable("CLAIMDESK_SESSIONS"),
            ),
            (
                None,
                &[home, xdg],
                &marked,
                here.to_str().unwrap(),
                Chosen::Marker,
            ),
            (None, &[home, xdg], &plain, "/h/sessions", Chosen::Default),
            (
                None,
                &[xdg],
                &plain,
                "/x/claimdesk/sessions",
                Chosen::Default,
            ),
            (
                None,
                &[relative],
                &plain,
                "/data/claimdesk/sessions",
                Chosen::Default,
            ),
            (
                None,
                &[],
                &plain,
                "/data/claimdesk/sessions",
                Chosen::Default,
            ),
        ] {
            let found = find(flag, variables, dir.path());
            assert_eq!(
                (found.sessions, found.sessions_chosen),
                (sessions.into(), chosen)
            );
        }
    }

    #[test]
    #[cfg(unix)]
    fn the_configuration_is_in_the_users_config_folder_on_every_unix() {
        let here = Path::new("/nowhere");
        let config = |variables: &[(&str, &str)]| find(None, variables, here).config;
        assert_eq!(
            config(&[]),
            Path::new("/home/ada/.config/claimdesk/config.toml")
        );
        assert_eq!(
            config(&[("XDG_CONFIG_HOME", "/c")]),
            Path::new("/c/claimdesk/config.toml")
        );
        assert_eq!(
            config(&[("CLAIMDESK_HOME", "/h")]),
            Path::new("/h/config.toml")
        );
    }
}
