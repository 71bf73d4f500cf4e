"""Whether a picture is one that Telegram would take as a photo.

Decodes it with Pillow; keeps nothing.
"""

import io

from PIL import Image, UnidentifiedImageError

from .refusals import bad_request

PHOTO_BYTES_LIMIT = 10 * 1024 * 1024
SIDES_LIMIT = 10_000
RATIO_LIMIT = 20


def check_photo(content: bytes) -> tuple[int, int]:
    """Decode all of it.

    Returns:
        Width and height in pixels.

    Raises:
        Refusal: when it is empty, over 10 MB, no whole PNG or JPEG, or too large or too narrow.
    """
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > PHOTO_BYTES_LIMIT:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {PHOTO_BYTES_LIMIT} bytes"
        )
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if width + height > SIDES_LIMIT or max(width, height) > RATIO_LIMIT * min(width, height):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            picture.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    return width, height
