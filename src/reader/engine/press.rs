//! Constructions of real news copy that the rules once read wrongly, each with what is right.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::super::{blocks, propose};
use crate::core::proposal::Proposals;
use crate::core::text::ArticleText;

/// Each attribution of `words` as `record | source | cue | content`, in order of the text.
fn said(words: &str) -> Vec<String> {
    let text = ArticleText::new(words.to_owned());
    let layout = blocks::plain(text.as_str());
    let p: Proposals = propose(&text, &layout, "en", 0..layout.len(), true, &|| false);
    p.attributions
        .iter()
        .map(|a| {
            let record = a.source_record.map_or("-", |r| &p.sources[r as usize].name);
            format!(
                "{record} | {} | {} | {}",
                text.exact(&a.source),
                text.exact(&a.cue),
                text.exact(&a.content)
            )
        })
        .collect()
}

macro_rules! reads {
    ($($name:ident: $words:literal => [$($line:literal),* $(,)?];)+) => {
        $(#[test]
        fn $name() {
            assert_eq!(said($words), [$($line),*] as [&str; _]);
        })+
    };
}

reads! {
    where_a_voice_says_it_is_no_part_of_its_name:
        "The dock company in a statement said the cranes were safe."
        => ["dock company | The dock company | said | the cranes were safe"];
    an_owner_in_the_genitive_is_only_the_owner:
        "The port found nothing to support Mr. Oduya’s claim that the cranes were rusty."
        => ["Oduya | Mr. Oduya | claim | that the cranes were rusty"];
    a_day_before_that_is_no_content:
        "The bank announced that day that it would close."
        => ["bank | The bank | announced | that it would close"];
    a_new_clause_behind_a_comma_has_its_own_subject:
        "Pell did not return a call seeking comment, and Oduya said he never would."
        => ["Oduya | Oduya | said | he never would"];
    who_declined_to_say_one_thing_says_the_other:
        "Officers declined to say what tools were found in the shed but did say that it was locked."
        => [
            "Officers | Officers | declined to say | what tools were found in the shed",
            "Officers | Officers | say | that it was locked",
        ];
    allegations_do_not_speak:
        "The company dismissed the allegations saying nobody had asked it."
        => [
            "company | The company | dismissed | the allegations",
            "company | The company | saying | nobody had asked it",
        ];
    a_time_is_no_subject_of_a_participle:
        "The sale was stopped last week by a Tarn Herald article alleging that papers were forged."
        => [];
    a_dateline_is_no_content:
        "NORHAVEN (TNA) — The council will close the pier, Mara Oduya said on Monday."
        => ["Mara Oduya | Mara Oduya | said | The council will close the pier"];
    a_claim_may_be_an_infinitive:
        "The whistleblower reportedly claimed to be in possession of the files."
        => ["whistleblower | The whistleblower | claimed | to be in possession of the files"];
    a_relative_clause_between_commas_ends_with_them:
        "The company, which denies fraud, said it would appeal."
        => [
            "company | The company, which | denies | fraud",
            "company | The company, which denies fraud | said | it would appeal",
        ];
    one_of_several_speaks_and_goes_on:
        "\"I was there,\" said one of the men who fled, adding that he saw it all."
        => [
            "one of the men | one of the men | said | \"I was there,\"",
            "one of the men | one of the men | adding | that he saw it all",
        ];
    a_study_published_somewhere_finds:
        "A study published in Lakes found that the drug cut deaths."
        => ["A study published in Lakes | A study published in Lakes | found | that the drug cut deaths"];
    a_contrast_with_another_voice_ends_the_content:
        "Local media reported that two people had died, though police have not confirmed this."
        => ["Local media | Local media | reported | that two people had died"];
    what_is_believed_by_somebody_is_theirs:
        "The fire left five dead in what police believe was arson."
        => ["police | police | believe | what … was arson"];
    a_participle_that_reports_stands_alone:
        "The reports were untrue, her office said, describing them as \"pure invention\"."
        => [
            "her office | her office | said | The reports were untrue",
            "her office | her office | describing | them as \"pure invention\"",
        ];
    doing_is_denied_too:
        "The minister denied having known about the payments."
        => ["minister | The minister | denied | having known about the payments"];
    a_pronoun_is_the_person_whom_the_sentence_before_is_about:
        "\"We planned it,\" said Jonas Lie.\n\nDet Insp Sarah Cole, who leads the inquiry, asked for help.\n\n\"It was late,\" she said."
        => [
            "Jonas Lie | Jonas Lie | said | \"We planned it,\"",
            "Sarah Cole | she | said | \"It was late,\"",
        ];
    it_is_the_body_that_the_sentence_before_is_about:
        "Brandt said he was sorry.\n\nThe airline apologised for the delays.\n\nIt said the staff were ill."
        => [
            "Brandt | Brandt | said | he was sorry",
            "airline | It | said | the staff were ill",
        ];
    one_neighbour_is_counted_with_the_number:
        "One neighbour, who gave no name, said the street was quiet."
        => ["One neighbour | One neighbour, who gave no name | said | the street was quiet"];
    a_statement_reads:
        "The club’s statement read: \"We are looking into the matter.\""
        => ["club’s statement | The club’s statement | read | \"We are looking into the matter.\""];
    reports_that_somebody_says_things_begin_a_clause:
        "Wallace said reports Boris Pell lied were untrue."
        => ["Wallace | Wallace | said | reports Boris Pell lied were untrue"];
    one_secretary_is_not_another:
        "Defence secretary Ben Wall said it was late.\n\nThe education secretary said it was early."
        => [
            "Ben Wall | Defence secretary Ben Wall | said | it was late",
            "education secretary | The education secretary | said | it was early",
        ];
    two_people_with_names_are_they:
        "Boris Pell said no.\n\nCouncil Chairman Ernie Mar and Clerk Ann Kob praised the plan.\n\n\"It is a good plan for the whole town,\" they said."
        => [
            "Council Chairman Ernie Mar and Clerk Ann Kob | they | said | \"It is a good plan for the whole town,\"",
        ];
    a_report_is_dismissed_as_something:
        "A minister has dismissed as \"nonsense\" a newspaper report that the pier leaks."
        => ["A minister | A minister | dismissed | a newspaper report that the pier leaks"];
    single_marks_are_left_open_over_blocks:
        "Mark Fran told The Sun: ‘As I was walking out of the chamber I saw them.\n\n‘He was wagging his finger at the man.’"
        => [
            "Mark Fran | Mark Fran | told | ‘As I was walking out of the chamber I saw them.",
            "Mark Fran | Mark Fran | told | ‘He was wagging his finger at the man.’",
        ];
    the_most_senior_servant_has_an_owner:
        "The kingdom’s most senior clerk said he agreed."
        => ["kingdom’s most senior clerk | The kingdom’s most senior clerk | said | he agreed"];
    what_somebody_is_accused_of_is_not_their_report:
        "Zaha said that Starm had accused Pell of criticising the board."
        => [
            "Zaha | Zaha | said | that Starm had accused Pell of criticising the board",
            "Starm | Starm | accused | Pell of criticising the board",
        ];
    a_dash_before_but_ends_the_content:
        "Sources told the Mail the pier had closed - but the council has denied it closed."
        => [
            "Sources | Sources | told | the pier had closed",
            "council | the council | denied | it closed",
        ];
    let_us_say_is_nobodys:
        "Let’s say that the pier leaks."
        => [];
    nothing_said_is_nothing_reported:
        "Pell said nothing on the subject on Monday as four of the women repeated their claims."
        => [];
    a_relative_clause_without_commas_ends_before_the_verb:
        "Three of the women who have alleged misconduct left the hall on Monday."
        => ["Three of the women | Three of the women who | alleged | misconduct"];
    what_is_reported_is_no_apposition_of_the_voice:
        "According to Jon Pell, the mayor, the talks failed."
        => ["Jon Pell | Jon Pell, the mayor | According to | the talks failed"];
    an_initial_is_no_article:
        "According to General A S Holm, the talks failed."
        => ["A S Holm | General A S Holm | According to | the talks failed"];
    both_voices_of_a_report_that_cites_are_named:
        "Citing two officials, the Herald reported that the port will close."
        => [
            "two officials | two officials | Citing | that the port will close",
            "Herald | the Herald | reported | that the port will close",
        ];
    a_mark_inside_a_sentence_parts_nothing:
        "Pell said the numbers “only go one way.”"
        => ["Pell | Pell | said | the numbers “only go one way.”"];
    any_verb_speaks_beside_a_quotation:
        "“Berries,” my father beamed."
        => ["my father | my father | beamed | “Berries,”"];
    a_cue_of_two_words_needs_both:
        "Oduya put it to Pell that the pier was shut. Oduya put it down."
        => ["Oduya | Oduya | put it | that the pier was shut"];
    who_is_not_named_may_have_been_told_of_before:
        "\"It is late,\" the agency quoted a Tarn foreign ministry spokesman as saying.\n\nThe unidentified spokesman added that it was dark."
        => [
            "agency | the agency | quoted | \"It is late,\"",
            "a Tarn foreign ministry spokesman | a Tarn foreign ministry spokesman | as saying | \"It is late,\"",
            "a Tarn foreign ministry spokesman | The unidentified spokesman | added | that it was dark",
        ];
}
