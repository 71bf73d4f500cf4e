"""What Telegram says when it refuses a call: a code, a description and sometimes parameters.

Only the shape lives here. The texts stand beside the rule that raises them.
"""

from typing import Any

PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
}


class Refusal(Exception):
    """The call is refused; nothing was performed."""

    def __init__(self, code: int, reason: str = "", **parameters: int) -> None:
        prefix = PREFIXES.get(code, "Error")
        self.code = code
        self.description = f"{prefix}: {reason}" if reason else prefix
        self.parameters = parameters
        super().__init__(self.description)

    @property
    def body(self) -> dict[str, Any]:
        """The JSON object that is sent."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> Refusal:
    """The commonest refusal: 400 with a reason."""
    return Refusal(400, reason)
