-- Visitors, the addresses needed to reach them, browsers, and one-time tokens.

-- name: visitor(visitor)^
-- Every turn of a known person begins here.
SELECT sealed FROM visitors WHERE id = :visitor;

-- name: put_visitor(visitor, sealed)!
-- New or changed: the program need not know which.
INSERT INTO visitors (id, sealed) VALUES (:visitor, :sealed)
ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed;

-- name: remove_visitor(visitor)!
-- For somebody who asks to be forgotten.
DELETE FROM visitors WHERE id = :visitor;

-- name: visitors()
-- To find those who have not been seen for long.
SELECT id, sealed FROM visitors;

-- name: address(visitor)^
-- Apart from visitors, so that reading a record does not read where somebody can be reached.
SELECT sealed FROM addresses WHERE visitor = :visitor;

-- name: put_address(visitor, sealed)!
-- The newest address replaces the one before.
INSERT INTO addresses (visitor, sealed) VALUES (:visitor, :sealed)
ON CONFLICT (visitor) DO UPDATE SET sealed = excluded.sealed;

-- name: remove_address(visitor)!
-- For somebody who can or wants to be reached no more.
DELETE FROM addresses WHERE visitor = :visitor;

-- name: browser(cookie)^
-- Who comes back with this cookie.
SELECT sealed FROM browsers WHERE cookie = :cookie;

-- name: put_browser(cookie, sealed)!
-- A browser keeps its cookie when another person goes on in it.
INSERT INTO browsers (cookie, sealed) VALUES (:cookie, :sealed)
ON CONFLICT (cookie) DO UPDATE SET sealed = excluded.sealed;

-- name: remove_browser(cookie)!
-- The cookie is worth nothing from here on.
DELETE FROM browsers WHERE cookie = :cookie;

-- name: browsers()
-- Whose they are is sealed, so somebody who is to be forgotten is found only by opening each.
SELECT cookie, sealed FROM browsers;

-- name: put_token(token, kind, sealed, until)!
-- A retried turn may write the same token again.
INSERT INTO tokens (token, kind, sealed, until) VALUES (:token, :kind, :sealed, :until)
ON CONFLICT (token) DO UPDATE SET kind = excluded.kind, sealed = excluded.sealed, until = excluded.until;

-- name: token(token, kind, now)^
-- Looking at a link must not use it up: link previews open links.
SELECT sealed FROM tokens WHERE token = :token AND kind = :kind AND until > :now;

-- name: take_token(token, kind, now)^
-- Found and used up in one statement.
DELETE FROM tokens WHERE token = :token AND kind = :kind AND until > :now
RETURNING sealed;

-- name: tokens(kind)
-- To find those of a person who is to be forgotten.
SELECT token, sealed FROM tokens WHERE kind = :kind;

-- name: remove_tokens(kind)!
-- A new invitation revokes the ones before.
DELETE FROM tokens WHERE kind = :kind;

-- name: forget_tokens(now)!
-- Nothing is kept longer than it can be used.
DELETE FROM tokens WHERE until <= :now;
