-- Facilitators' accounts, assessments and their groups.

-- name: add_facilitator(facilitator)!
-- A turn may be taken again after its commit was not heard of.
INSERT INTO facilitators (id) VALUES (:facilitator) ON CONFLICT (id) DO NOTHING;

-- name: facilitators()^
-- Whether the first invitation was redeemed.
SELECT count(*) FROM facilitators;

-- name: add_assessment(id, facilitator, threshold, closed, sealed, active, due)!
-- Not an upsert: an id that is taken must fail, or it would take over another assessment's participants.
INSERT INTO assessments (id, facilitator, threshold, closed, sealed, active, due)
VALUES (:id, :facilitator, :threshold, :closed, :sealed, :active, :due);

-- name: add_group(id, assessment, position, code, joined, sealed)!
-- A code that is taken must fail, or people would join a group of others.
INSERT INTO groups (id, assessment, position, code, joined, sealed)
VALUES (:id, :assessment, :position, :code, :joined, :sealed);

-- name: assessment(assessment)^
-- The columns in the order of AssessmentRow.
SELECT id, facilitator, threshold, closed, sealed, active, due FROM assessments WHERE id = :assessment;

-- name: assessments()
-- All, for the work that is done at every start.
SELECT id, facilitator, threshold, closed, sealed, active, due FROM assessments ORDER BY id;

-- name: assessments_of(facilitator)
-- What a facilitator may choose from.
SELECT id, facilitator, threshold, closed, sealed, active, due FROM assessments
WHERE facilitator = :facilitator OR id IN (SELECT assessment FROM shares WHERE facilitator = :facilitator)
ORDER BY id;

-- name: touch(assessment, today)!
-- Written only when something changes: most turns come on a day that is known.
UPDATE assessments SET active = max(active, :today), due = 0
WHERE id = :assessment AND (active < :today OR due <> 0);

-- name: set_due(assessment, due)!
-- Told from now on, so that nothing is erased without a warning.
UPDATE assessments SET due = :due WHERE id = :assessment;

-- name: share(assessment, facilitator)!
-- The account that created it needs no second row.
INSERT INTO shares (assessment, facilitator)
SELECT :assessment, :facilitator
WHERE NOT EXISTS (SELECT 1 FROM assessments WHERE id = :assessment AND facilitator = :facilitator)
ON CONFLICT (assessment, facilitator) DO NOTHING;

-- name: unshare(assessment)!
-- Back to the account that created it.
DELETE FROM shares WHERE assessment = :assessment;

-- name: sharers(assessment)
-- Without the account that created it.
SELECT facilitator FROM shares WHERE assessment = :assessment;

-- name: groups(assessment)
-- The columns in the order of GroupRow.
SELECT id, assessment, position, code, joined, sealed FROM groups WHERE assessment = :assessment ORDER BY position;

-- name: group_with(code)^
-- Where a session code leads.
SELECT id, assessment, position, code, joined, sealed FROM groups WHERE code = :code;

-- name: count_joined(group_id)!
-- Only ever upwards: a number that falls would tell that somebody withdrew.
UPDATE groups SET joined = joined + 1 WHERE id = :group_id;

-- name: close_assessment(assessment, sealed)^
-- No row when it is closed already, so that closing twice erases once.
UPDATE assessments SET closed = 1, sealed = :sealed WHERE id = :assessment AND closed = 0
RETURNING id;

-- name: forget_participants(assessment)!
-- Their parts go with them.
DELETE FROM participants WHERE assessment = :assessment;

-- name: forget_spent(assessment)!
-- Nobody can write an answer any more, so nothing needs these marks.
DELETE FROM spent WHERE assessment = :assessment;

-- name: forget_hidden(assessment, nothing)!
-- Tallies that never reached the threshold are never shown.
UPDATE pools SET hidden = :nothing WHERE assessment = :assessment;

-- name: forget_pools(assessment)!
-- Results are kept as long as was promised, and no longer.
DELETE FROM pools WHERE assessment = :assessment;

-- name: forget_groups(assessment)!
-- Their session codes lead nowhere from here on.
DELETE FROM groups WHERE assessment = :assessment;

-- name: forget_assessment(assessment)!
-- Last, as everything above refers to it. Its shares go with it.
DELETE FROM assessments WHERE id = :assessment;
