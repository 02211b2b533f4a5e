-- AlterTable
ALTER TABLE "user" ADD COLUMN "device_epoch" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "throttle" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "failures" INTEGER NOT NULL,
    "closed_until" BIGINT NOT NULL,
    "forgotten_at" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "throttle_forgotten_at_idx" ON "throttle"("forgotten_at");
