//! What is done where pages of a PDF cannot be read and the house has another program that reads PDFs.

/// Whether `pdftotext` reads what the built-in reader cannot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PdfFallback {
    /// It is named, where it is installed; nothing is started.
    #[default]
    Offer,
    /// It is started, where it is installed, and what was used is said.
    Always,
    /// Nothing is said of it.
    Never,
}

impl PdfFallback {
    /// All of them with their words in the configuration.
    pub const ALL: [(&str, Self); 3] = [
        ("offer", Self::Offer),
        ("always", Self::Always),
        ("never", Self::Never),
    ];
}
