//! Times as people say them, without a clock of one's own: everything is told relative to the time of the message.

use crate::core::model::Time;

/// A moment in words: `at 14:32` today (UTC), else `on 21 Nov at 14:32`.
pub fn local_time(at: Time, now: Time) -> String {
    let day = |t: Time| t.strftime("%Y-%m-%d").to_string();
    if day(at) == day(now) {
        at.strftime("at %H:%M").to_string()
    } else {
        at.strftime("on %-d %b at %H:%M").to_string()
    }
}

/// How long ago in a few words: `just now`, `5 min ago`, `3 h ago`, `12 days ago`.
pub fn ago(at: Time, now: Time) -> String {
    match now.as_second().saturating_sub(at.as_second()) {
        ..60 => "just now".into(),
        s @ 60..3600 => format!("{} min ago", s / 60),
        s @ 3600..172_800 => format!("{} h ago", s / 3600),
        s => format!("{} days ago", s / 86_400),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn times_are_told_as_people_say_them() {
        let now: Time = "2026-11-24T15:00:00Z".parse().unwrap();
        assert_eq!(
            local_time("2026-11-24T14:32:10Z".parse().unwrap(), now),
            "at 14:32"
        );
        assert_eq!(
            local_time("2026-11-03T09:05:00Z".parse().unwrap(), now),
            "on 3 Nov at 09:05"
        );
        assert_eq!(
            ago("2026-11-24T14:55:00Z".parse().unwrap(), now),
            "5 min ago"
        );
        assert_eq!(
            ago("2026-11-12T15:00:00Z".parse().unwrap(), now),
            "12 days ago"
        );
    }
}
