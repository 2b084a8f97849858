"""Text into units: sentences, headline, dateline, byline, caption, page furniture."""

from dedup.text.document import Credit, CreditPlace, Document, Quotation
from dedup.text.segment import segment

__all__ = ["Credit", "CreditPlace", "Document", "Quotation", "segment"]
