//! Who issued a certificate, as text. Must not know sockets.

use rustls::pki_types::CertificateDer;
use webpki::EndEntityCert;

use super::kept::clean;

/// `CN=R11, O=Let's Encrypt`; `None` when the certificate cannot be read.
pub(super) fn issuer(certificate: &CertificateDer<'_>) -> Option<String> {
    let certificate = EndEntityCert::try_from(certificate).ok()?;
    let mut parts: Vec<(usize, String)> = Vec::new();
    let mut sets = certificate.issuer();
    while let Some((_, set, after)) = element(sets) {
        sets = after;
        let mut attributes = set;
        while let Some((_, attribute, after)) = element(attributes) {
            attributes = after;
            parts.extend(named(attribute));
        }
    }
    parts.sort_by_key(|(rank, _)| *rank);
    let parts: Vec<String> = parts.into_iter().map(|(_, part)| part).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// One attribute of a name: its rank in the text, and `CN=…`; only what says who it is.
fn named(attribute: &[u8]) -> Option<(usize, String)> {
    let (_, oid, after) = element(attribute)?;
    let (kind, value, _) = element(after)?;
    let rank = NAMES.iter().position(|(known, _)| known.as_slice() == oid)?;
    let (_, name) = NAMES.get(rank)?;
    let value = match kind {
        BMP_STRING => {
            let units: Vec<u16> = value
                .chunks_exact(2)
                .map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)))
                .collect();
            clean(String::from_utf16_lossy(&units).as_bytes())
        }
        _ => clean(value),
    };
    Some((rank, format!("{name}={value}")))
}

/// Common name, organisation, unit.
const NAMES: [(&[u8; 3], &str); 3] = [(&[0x55, 4, 3], "CN"), (&[0x55, 4, 10], "O"), (&[0x55, 4, 11], "OU")];
const BMP_STRING: u8 = 0x1e;

/// The first element of a run of DER: its tag, its content and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&length, rest) = rest.split_first()?;
    let (length, rest) = if length < 0x80 {
        (usize::from(length), rest)
    } else {
        let digits = usize::from(length & 0x7f);
        if digits == 0 || digits > 3 {
            return None;
        }
        let (length, rest) = rest.split_at_checked(digits)?;
        (length.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)), rest)
    };
    let (content, after) = rest.split_at_checked(length)?;
    Some((tag, content, after))
}
