"""Text into units: sentences, headline, dateline, byline, caption, page furniture."""

from dedup.text.document import Credit, CreditPlace, Document, Outline, Quotation
from dedup.text.outline import outline
from dedup.text.segment import segment

__all__ = ["Credit", "CreditPlace", "Document", "Outline", "Quotation", "outline", "segment"]
