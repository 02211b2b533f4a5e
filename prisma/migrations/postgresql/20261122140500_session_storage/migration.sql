-- No part of Prisma's model: how rows lie on their pages.

-- A refresh changes no indexed column, so PostgreSQL writes the new row beside the old one and leaves the indexes
-- alone, as long as the page has room: for the longer row of the first refresh and for some old ones not yet swept.
-- Pages that are full already get their room as their rows move.
-- What the clean-up deletes is used again after a fiftieth of the table, not after a fifth.
ALTER TABLE "session" SET (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- A failure moves the instant of being forgotten, which has an index: every one leaves a dead row and a dead entry.
ALTER TABLE "throttle" SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
