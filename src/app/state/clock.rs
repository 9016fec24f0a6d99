//! Times as people say them, without a clock or a time zone of one's own: both come in with the state.

use jiff::ZonedDateTime;
use jiff::tz::TimeZone;

use super::Program;
use crate::core::model::Time;

impl Program {
    /// A moment on the checker's clock, in the form that `strftime` describes.
    pub fn on_the_clock(&self, at: Time, format: &str) -> String {
        ZonedDateTime::new(at, self.zone.clone())
            .strftime(format)
            .to_string()
    }

    /// A moment in words, on the checker's clock: `at 14:32` today, else `on 21 Nov at 14:32`.
    pub fn local_time(&self, at: Time) -> String {
        in_words(at, self.now, &self.zone)
    }
}

fn in_words(at: Time, now: Time, zone: &TimeZone) -> String {
    let (at, now) = (
        ZonedDateTime::new(at, zone.clone()),
        ZonedDateTime::new(now, zone.clone()),
    );
    if at.date() == now.date() {
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
    use jiff::tz::offset;

    use super::*;

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_told_as_people_say_them() {
        let now = time("2026-11-24T15:00:00Z");
        let utc = |at| in_words(time(at), now, &TimeZone::UTC);
        assert_eq!(utc("2026-11-24T14:32:10Z"), "at 14:32");
        assert_eq!(utc("2026-11-03T09:05:00Z"), "on 3 Nov at 09:05");
        assert_eq!(ago(time("2026-11-24T14:55:00Z"), now), "5 min ago");
        assert_eq!(ago(time("2026-11-12T15:00:00Z"), now), "12 days ago");
    }

    #[test]
    fn times_are_told_on_the_clock_on_the_checkers_wall() {
        let tokyo = TimeZone::fixed(offset(9));
        let now = time("2026-11-24T15:30:00Z");
        let words = |at| in_words(time(at), now, &tokyo);
        assert_eq!(words("2026-11-24T15:10:00Z"), "at 00:10");
        assert_eq!(words("2026-11-24T14:32:10Z"), "on 24 Nov at 23:32");
    }
}
