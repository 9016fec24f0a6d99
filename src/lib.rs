//! claimdesk
