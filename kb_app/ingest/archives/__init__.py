"""Takes archives apart: what lies in a zip, tar or web archive, counted while it is unpacked."""
