CREATE TABLE "setting" (
  "name" TEXT NOT NULL PRIMARY KEY,
  "value" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "history" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "grp" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "rev" INTEGER NOT NULL,
  "at" TEXT NOT NULL,
  "action" TEXT NOT NULL,
  "changes" TEXT NOT NULL,
  "by" TEXT NOT NULL
) STRICT;
CREATE INDEX "history_record" ON "history" (kind, id, seq);
CREATE INDEX "history_group" ON "history" (grp);
CREATE TABLE "handed_out" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "at" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "purpose" TEXT NOT NULL CHECK (purpose <> ''),
  "receiver" TEXT NOT NULL CHECK (receiver <> ''),
  "file" TEXT NOT NULL
) STRICT;
CREATE TABLE "cleared" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "act" INTEGER NOT NULL,
  "at" TEXT NOT NULL,
  "by" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "label" TEXT NOT NULL,
  "since" TEXT NOT NULL,
  "why" TEXT NOT NULL,
  "fields" TEXT NOT NULL
) STRICT;
CREATE INDEX "cleared_record" ON "cleared" (kind, id);
CREATE TABLE "draft" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "kind" TEXT NOT NULL,
  "record_id" TEXT,
  "base_rev" INTEGER NOT NULL,
  "label" TEXT NOT NULL,
  "texts" TEXT NOT NULL,
  "saved_at" TEXT NOT NULL,
  "seq" INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "search" (
  "kind" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "sort" TEXT,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX "search_sort" ON "search" (kind, sort, id);
CREATE TABLE "saved_view" (
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "query" TEXT NOT NULL,
  "saved_at" TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE "roll_unit" (
  "code" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "township" TEXT,
  "domain" TEXT,
  "phone" TEXT,
  "text" TEXT NOT NULL DEFAULT '',
  "sort" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "month_close" (
  "month" TEXT NOT NULL PRIMARY KEY,
  "members" INTEGER NOT NULL,
  "probationary" INTEGER NOT NULL,
  "confirmed_by" TEXT,
  "confirmed_at" TEXT,
  "roll" TEXT NOT NULL DEFAULT '[]'
) STRICT, WITHOUT ROWID;
CREATE TABLE "month_close_past" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "month" TEXT NOT NULL,
  "members" INTEGER NOT NULL,
  "probationary" INTEGER NOT NULL,
  "confirmed_by" TEXT,
  "confirmed_at" TEXT,
  "roll" TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE TABLE "month_review" (
  "month" TEXT NOT NULL,
  "person_id" TEXT NOT NULL,
  "confirmed_at" TEXT NOT NULL,
  PRIMARY KEY (month, person_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE "admission_material" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "admission_id" TEXT NOT NULL,
  "material" INTEGER NOT NULL,
  "held" INTEGER NOT NULL CHECK (held IN (0, 1)),
  "keeper" TEXT NOT NULL DEFAULT '',
  "place" TEXT NOT NULL DEFAULT '',
  "boxed_on" TEXT,
  "at" TEXT NOT NULL,
  "by" TEXT NOT NULL
) STRICT;
CREATE INDEX "admission_material_of" ON "admission_material" (admission_id, seq);
CREATE TABLE "due_settled" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "act" INTEGER NOT NULL,
  "code" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "record_id" TEXT NOT NULL,
  "period" TEXT NOT NULL,
  "done_on" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "settled_by" TEXT NOT NULL,
  "settled_at" TEXT NOT NULL,
  "undone_by" TEXT,
  "undone_at" TEXT
) STRICT;
CREATE TABLE "bundle_sent" (
  "sequence" INTEGER NOT NULL PRIMARY KEY,
  "month" TEXT NOT NULL,
  "file" TEXT NOT NULL,
  "path" TEXT NOT NULL,
  "hash" TEXT NOT NULL,
  "file_hash" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "plain" INTEGER NOT NULL DEFAULT 0 CHECK (plain IN (0, 1)),
  "counts" TEXT NOT NULL,
  "problems" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "receipt" TEXT,
  "members" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "intake" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "at" TEXT NOT NULL,
  "file" TEXT NOT NULL,
  "file_hash" TEXT NOT NULL,
  "code" TEXT,
  "month" TEXT,
  "sequence" INTEGER,
  "hash" TEXT,
  "verdict" TEXT NOT NULL,
  "reasons" TEXT NOT NULL,
  "receipt" TEXT
) STRICT;
CREATE INDEX "intake_code" ON "intake" (code, sequence);
CREATE INDEX "intake_file" ON "intake" (file_hash);
CREATE TABLE "intake_waiting" (
  "code" TEXT NOT NULL PRIMARY KEY,
  "intake" INTEGER NOT NULL,
  "sequence" INTEGER NOT NULL,
  "content" BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "compared" (
  "org_id" TEXT NOT NULL PRIMARY KEY,
  "at" TEXT NOT NULL,
  "content" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "known_key" (
  "code" TEXT NOT NULL PRIMARY KEY,
  "public_key" TEXT NOT NULL,
  "org_id" TEXT,
  "since" TEXT NOT NULL,
  "sequence" INTEGER NOT NULL DEFAULT 0,
  "hash" TEXT,
  "successor" TEXT,
  "restored" INTEGER NOT NULL DEFAULT 0 CHECK (restored IN (0, 1)),
  "sent" TEXT,
  "allowed" TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE "received_rows" (
  "org_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "bundle" TEXT NOT NULL,
  "rows" BLOB NOT NULL,
  PRIMARY KEY (org_id, kind)
) STRICT;
CREATE TABLE "mail" (
  "hash" TEXT NOT NULL PRIMARY KEY,
  "name" TEXT NOT NULL,
  "note" TEXT NOT NULL,
  "county" TEXT NOT NULL,
  "added_at" TEXT NOT NULL,
  "came_at" TEXT NOT NULL,
  "opened_at" TEXT,
  "withdrawn_at" TEXT,
  "content" BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "admission_quota" (
  "year" INTEGER NOT NULL,
  "township" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "quota" INTEGER NOT NULL,
  "at" TEXT NOT NULL,
  PRIMARY KEY (year, township, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE "admission_form" (
  "code" TEXT NOT NULL,
  "first" TEXT NOT NULL,
  "last" TEXT NOT NULL,
  "year" INTEGER NOT NULL,
  "at" TEXT NOT NULL,
  PRIMARY KEY (code, first)
) STRICT, WITHOUT ROWID;
CREATE TABLE "admission_form_void" (
  "code" TEXT NOT NULL,
  "number" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  PRIMARY KEY (code, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE "unit_begun" (
  "org_id" TEXT NOT NULL PRIMARY KEY,
  "month" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "deadline_change" (
  "on_day" TEXT NOT NULL PRIMARY KEY,
  "day" INTEGER NOT NULL,
  "was" INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "unit_code" (
  "seq" INTEGER NOT NULL PRIMARY KEY,
  "code" TEXT NOT NULL,
  "now" TEXT NOT NULL,
  "org_id" TEXT NOT NULL DEFAULT '',
  "until_day" TEXT NOT NULL,
  "noted_by" TEXT NOT NULL DEFAULT '',
  "noted_at" TEXT NOT NULL
) STRICT;
CREATE TABLE "unit_retired" (
  "code" TEXT NOT NULL PRIMARY KEY,
  "org_id" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL,
  "township" TEXT NOT NULL DEFAULT '',
  "domain" TEXT NOT NULL DEFAULT '',
  "phone" TEXT NOT NULL DEFAULT '',
  "retired_on" TEXT NOT NULL,
  "into_code" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL DEFAULT '',
  "noted_by" TEXT NOT NULL DEFAULT '',
  "noted_at" TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "indicator_month" (
  "month" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "indicator" TEXT NOT NULL,
  "value" INTEGER NOT NULL,
  "total" INTEGER,
  "at" TEXT NOT NULL,
  PRIMARY KEY (month, org_id, indicator)
) STRICT, WITHOUT ROWID;
CREATE TABLE "tally" (
  "org_id" TEXT NOT NULL,
  "period" TEXT NOT NULL,
  "basis" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  PRIMARY KEY (org_id, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE "month_who" (
  "month" TEXT NOT NULL,
  "org_id" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "content" BLOB NOT NULL,
  PRIMARY KEY (month, org_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE "sum_bundle" (
  "month" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "level" TEXT NOT NULL,
  "detail" TEXT NOT NULL,
  "from_day" TEXT NOT NULL,
  "to_day" TEXT NOT NULL,
  "closed" TEXT NOT NULL,
  "due" INTEGER NOT NULL,
  "came" INTEGER NOT NULL,
  "sequence" INTEGER NOT NULL,
  "hash" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "content" BLOB NOT NULL,
  PRIMARY KEY (month, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE "sum_group" (
  "month" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "grp" TEXT NOT NULL,
  "county" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "units" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "lacks" TEXT NOT NULL,
  "content" BLOB NOT NULL,
  PRIMARY KEY (month, kind, code, grp)
) STRICT, WITHOUT ROWID;
CREATE TABLE "sum_unit" (
  "month" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "unit" TEXT NOT NULL,
  "county" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "township" TEXT NOT NULL,
  "domain" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "reported" INTEGER NOT NULL CHECK (reported IN (0, 1)),
  PRIMARY KEY (month, code, unit)
) STRICT, WITHOUT ROWID;
CREATE TABLE "sum_past" (
  "month" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "sequence" INTEGER NOT NULL,
  "hash" TEXT NOT NULL,
  "at" TEXT NOT NULL,
  "content" BLOB NOT NULL,
  PRIMARY KEY (month, code, sequence)
) STRICT, WITHOUT ROWID;
CREATE TABLE "month_seal" (
  "month" TEXT NOT NULL PRIMARY KEY,
  "sealed_at" TEXT NOT NULL,
  "sealed_by" TEXT NOT NULL,
  "content" TEXT NOT NULL,
  "number" INTEGER NOT NULL DEFAULT 1,
  "reason" TEXT NOT NULL DEFAULT '',
  "intake" INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE "month_seal_past" (
  "month" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "sealed_at" TEXT NOT NULL,
  "sealed_by" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "intake" INTEGER,
  "content" TEXT NOT NULL,
  PRIMARY KEY (month, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE "organization" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "code" TEXT CHECK ("code" <> ''),
  "name" TEXT CHECK ("name" <> ''),
  "short_name" TEXT CHECK ("short_name" <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "domain" TEXT CHECK ("domain" <> ''),
  "township" TEXT CHECK ("township" <> ''),
  "county" TEXT CHECK ("county" <> ''),
  "parent" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "affiliated_to" TEXT CHECK ("affiliated_to" <> ''),
  "founded_on" TEXT CHECK ("founded_on" <> ''),
  "abolished_on" TEXT CHECK ("abolished_on" <> ''),
  "approval_no" TEXT CHECK ("approval_no" <> ''),
  "term_started_on" TEXT CHECK ("term_started_on" <> ''),
  "term_years" INTEGER,
  "rated" INTEGER NOT NULL DEFAULT 0 CHECK ("rated" IN (0, 1)),
  "five_good" TEXT CHECK ("five_good" <> ''),
  "five_good_on" TEXT CHECK ("five_good_on" <> ''),
  "five_good_no" TEXT CHECK ("five_good_no" <> ''),
  "five_good_off_on" TEXT CHECK ("five_good_off_on" <> ''),
  "weak" TEXT CHECK ("weak" <> ''),
  "weak_since" TEXT CHECK ("weak_since" <> ''),
  "weak_until" TEXT CHECK ("weak_until" <> ''),
  "industry" TEXT CHECK ("industry" <> ''),
  "products" TEXT CHECK ("products" <> ''),
  "address" TEXT CHECK ("address" <> ''),
  "phone" TEXT CHECK ("phone" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE UNIQUE INDEX "organization_unique_code" ON "organization" (org_id, "code") WHERE deleted_at IS NULL;
CREATE INDEX "organization_org" ON "organization" (org_id);
CREATE INDEX "organization_by_parent" ON "organization" ("parent") WHERE "parent" IS NOT NULL;
CREATE INDEX "organization_by_code" ON "organization" ("code", id);
CREATE TABLE "unit" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "name" TEXT CHECK ("name" <> ''),
  "credit_code" TEXT CHECK ("credit_code" <> ''),
  "nature" TEXT CHECK ("nature" <> ''),
  "employees" INTEGER,
  "members" INTEGER,
  "party_body" TEXT CHECK ("party_body" <> ''),
  "organization" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "adviser" TEXT CHECK ("adviser" <> ''),
  "listed" INTEGER NOT NULL DEFAULT 0 CHECK ("listed" IN (0, 1)),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE INDEX "unit_org" ON "unit" (org_id);
CREATE INDEX "unit_by_organization" ON "unit" ("organization") WHERE "organization" IS NOT NULL;
CREATE INDEX "unit_by_name" ON "unit" ("name", id);
CREATE TABLE "person" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "name" TEXT CHECK ("name" <> ''),
  "sex" TEXT CHECK ("sex" <> ''),
  "id_number" TEXT CHECK ("id_number" <> ''),
  "id_checked" INTEGER NOT NULL DEFAULT 0 CHECK ("id_checked" IN (0, 1)),
  "birth_date" TEXT CHECK ("birth_date" <> ''),
  "ethnicity" TEXT CHECK ("ethnicity" <> ''),
  "native_place" TEXT CHECK ("native_place" <> ''),
  "education" TEXT CHECK ("education" <> ''),
  "status" TEXT CHECK ("status" <> ''),
  "standing" TEXT CHECK ("standing" <> ''),
  "home_org" TEXT CHECK ("home_org" <> ''),
  "joined_on" TEXT CHECK ("joined_on" <> ''),
  "confirmed_on" TEXT CHECK ("confirmed_on" <> ''),
  "party_group" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "voting_suspended" INTEGER NOT NULL DEFAULT 0 CHECK ("voting_suspended" IN (0, 1)),
  "not_due" TEXT CHECK ("not_due" <> ''),
  "left_on" TEXT CHECK ("left_on" <> ''),
  "lost_since" TEXT CHECK ("lost_since" <> ''),
  "phone" TEXT CHECK ("phone" <> ''),
  "address" TEXT CHECK ("address" <> ''),
  "away" TEXT CHECK ("away" <> ''),
  "away_place" TEXT CHECK ("away_place" <> ''),
  "away_since" TEXT CHECK ("away_since" <> ''),
  "away_card" TEXT CHECK ("away_card" <> ''),
  "occupation" TEXT CHECK ("occupation" <> ''),
  "able_bodied" INTEGER NOT NULL DEFAULT 0 CHECK ("able_bodied" IN (0, 1)),
  "both_leader" INTEGER NOT NULL DEFAULT 0 CHECK ("both_leader" IN (0, 1)),
  "able_person" INTEGER NOT NULL DEFAULT 0 CHECK ("able_person" IN (0, 1)),
  "talent" TEXT CHECK ("talent" <> ''),
  "tech_household" INTEGER NOT NULL DEFAULT 0 CHECK ("tech_household" IN (0, 1)),
  "hardship" INTEGER NOT NULL DEFAULT 0 CHECK ("hardship" IN (0, 1)),
  "dues_basis" TEXT CHECK ("dues_basis" <> ''),
  "monthly_dues" INTEGER,
  "dues_from" TEXT CHECK ("dues_from" <> ''),
  "dues_approval" TEXT CHECK ("dues_approval" <> ''),
  "training_need" TEXT CHECK ("training_need" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE UNIQUE INDEX "person_unique_id_number" ON "person" (org_id, "id_number") WHERE deleted_at IS NULL;
CREATE INDEX "person_org" ON "person" (org_id);
CREATE INDEX "person_by_party_group" ON "person" ("party_group") WHERE "party_group" IS NOT NULL;
CREATE INDEX "person_by_name" ON "person" ("name", id);
CREATE TABLE "movement" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT CHECK ("kind" <> ''),
  "happened_on" TEXT CHECK ("happened_on" <> ''),
  "whole_unit" INTEGER NOT NULL DEFAULT 0 CHECK ("whole_unit" IN (0, 1)),
  "from_org" TEXT CHECK ("from_org" <> ''),
  "from_code" TEXT CHECK ("from_code" <> ''),
  "to_org" TEXT CHECK ("to_org" <> ''),
  "to_code" TEXT CHECK ("to_code" <> ''),
  "letter_no" TEXT CHECK ("letter_no" <> ''),
  "dues_paid_to" TEXT CHECK ("dues_paid_to" <> ''),
  "valid_until" TEXT CHECK ("valid_until" <> ''),
  "receipt_on" TEXT CHECK ("receipt_on" <> ''),
  "until" TEXT CHECK ("until" <> ''),
  "penalty" TEXT CHECK ("penalty" <> ''),
  "ground" TEXT CHECK ("ground" <> ''),
  "approved_by" TEXT CHECK ("approved_by" <> ''),
  "document_no" TEXT CHECK ("document_no" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE INDEX "movement_org" ON "movement" (org_id);
CREATE INDEX "movement_by_person" ON "movement" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "movement_by_happened_on" ON "movement" ("happened_on", id);
CREATE TABLE "position" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "body" TEXT CHECK ("body" <> ''),
  "post" TEXT CHECK ("post" <> ''),
  "started_on" TEXT CHECK ("started_on" <> ''),
  "ended_on" TEXT CHECK ("ended_on" <> ''),
  "method" TEXT CHECK ("method" <> ''),
  "from_unit" TEXT CHECK ("from_unit" <> ''),
  "term_no" INTEGER,
  "pension" INTEGER NOT NULL DEFAULT 0 CHECK ("pension" IN (0, 1)),
  "left_for" TEXT CHECK ("left_for" <> ''),
  "duties" TEXT CHECK ("duties" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE INDEX "position_org" ON "position" (org_id);
CREATE INDEX "position_by_person" ON "position" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "position_by_body" ON "position" ("body", id);
CREATE TABLE "reserve" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "target_post" TEXT CHECK ("target_post" <> ''),
  "nominated_by" TEXT CHECK ("nominated_by" <> ''),
  "listed_on" TEXT CHECK ("listed_on" <> ''),
  "mentor" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "measures" TEXT CHECK ("measures" <> ''),
  "opinion" TEXT CHECK ("opinion" <> ''),
  "state" TEXT CHECK ("state" <> ''),
  "appointed_on" TEXT CHECK ("appointed_on" <> '')
) STRICT;
CREATE INDEX "reserve_org" ON "reserve" (org_id);
CREATE INDEX "reserve_by_person" ON "reserve" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "reserve_by_mentor" ON "reserve" ("mentor") WHERE "mentor" IS NOT NULL;
CREATE INDEX "reserve_by_listed_on" ON "reserve" ("listed_on", id);
CREATE TABLE "admission" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "source" TEXT CHECK ("source" <> ''),
  "applied_on" TEXT CHECK ("applied_on" <> ''),
  "talked_on" TEXT CHECK ("talked_on" <> ''),
  "talked_by" TEXT CHECK ("talked_by" <> ''),
  "nominated_by" TEXT CHECK ("nominated_by" <> ''),
  "activist_on" TEXT CHECK ("activist_on" <> ''),
  "activist_filed_on" TEXT CHECK ("activist_filed_on" <> ''),
  "notice_from" TEXT CHECK ("notice_from" <> ''),
  "notice_to" TEXT CHECK ("notice_to" <> ''),
  "candidate_on" TEXT CHECK ("candidate_on" <> ''),
  "candidate_filed_on" TEXT CHECK ("candidate_filed_on" <> ''),
  "vetted_on" TEXT CHECK ("vetted_on" <> ''),
  "vetted" TEXT CHECK ("vetted" <> ''),
  "trained_on" TEXT CHECK ("trained_on" <> ''),
  "training_days" INTEGER,
  "training_hours" INTEGER,
  "committee_on" TEXT CHECK ("committee_on" <> ''),
  "prereviewed_on" TEXT CHECK ("prereviewed_on" <> ''),
  "form_no" TEXT CHECK ("form_no" <> ''),
  "accepted_on" TEXT CHECK ("accepted_on" <> ''),
  "votes_due" INTEGER,
  "votes_present" INTEGER,
  "votes_for" INTEGER,
  "votes_against" INTEGER,
  "votes_abstain" INTEGER,
  "superior_talk_on" TEXT CHECK ("superior_talk_on" <> ''),
  "approved_on" TEXT CHECK ("approved_on" <> ''),
  "approval_no" TEXT CHECK ("approval_no" <> ''),
  "filed_on" TEXT CHECK ("filed_on" <> ''),
  "grouped_on" TEXT CHECK ("grouped_on" <> ''),
  "oath_on" TEXT CHECK ("oath_on" <> ''),
  "asked_on" TEXT CHECK ("asked_on" <> ''),
  "confirm_voted_on" TEXT CHECK ("confirm_voted_on" <> ''),
  "confirm_due" INTEGER,
  "confirm_present" INTEGER,
  "confirm_for" INTEGER,
  "confirm_against" INTEGER,
  "confirm_abstain" INTEGER,
  "confirm_result" TEXT CHECK ("confirm_result" <> ''),
  "extended_to" TEXT CHECK ("extended_to" <> ''),
  "confirm_approved_on" TEXT CHECK ("confirm_approved_on" <> ''),
  "archived_on" TEXT CHECK ("archived_on" <> ''),
  "ended_on" TEXT CHECK ("ended_on" <> ''),
  "ended_why" TEXT CHECK ("ended_why" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE TABLE "admission_mentors" (
  "record_id" TEXT NOT NULL REFERENCES "admission"(id) DEFERRABLE INITIALLY DEFERRED,
  "target_id" TEXT NOT NULL REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (record_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX "admission_mentors_target" ON "admission_mentors" (target_id);
CREATE TABLE "admission_sponsors" (
  "record_id" TEXT NOT NULL REFERENCES "admission"(id) DEFERRABLE INITIALLY DEFERRED,
  "target_id" TEXT NOT NULL REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (record_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX "admission_sponsors_target" ON "admission_sponsors" (target_id);
CREATE UNIQUE INDEX "admission_unique_person_unless_ended_on" ON "admission" (org_id, "person") WHERE deleted_at IS NULL AND "ended_on" IS NULL;
CREATE INDEX "admission_org" ON "admission" (org_id);
CREATE INDEX "admission_by_person" ON "admission" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "admission_by_applied_on" ON "admission" ("applied_on", id);
CREATE TABLE "observation" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "admission" TEXT REFERENCES "admission"(id) DEFERRABLE INITIALLY DEFERRED,
  "held_on" TEXT CHECK ("held_on" <> ''),
  "stage" TEXT CHECK ("stage" <> ''),
  "observers" TEXT CHECK ("observers" <> ''),
  "opinion" TEXT CHECK ("opinion" <> '')
) STRICT;
CREATE INDEX "observation_org" ON "observation" (org_id);
CREATE INDEX "observation_by_admission" ON "observation" ("admission") WHERE "admission" IS NOT NULL;
CREATE INDEX "observation_by_held_on" ON "observation" ("held_on", id);
CREATE TABLE "election" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "organization" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT CHECK ("kind" <> ''),
  "method" TEXT CHECK ("method" <> ''),
  "term_no" INTEGER,
  "recommended_members" INTEGER,
  "recommended_masses" INTEGER,
  "screened_on" TEXT CHECK ("screened_on" <> ''),
  "notice_from" TEXT CHECK ("notice_from" <> ''),
  "notice_to" TEXT CHECK ("notice_to" <> ''),
  "request_no" TEXT CHECK ("request_no" <> ''),
  "reply_no" TEXT CHECK ("reply_no" <> ''),
  "held_on" TEXT CHECK ("held_on" <> ''),
  "eligible" INTEGER,
  "attended" INTEGER,
  "ballots_issued" INTEGER,
  "ballots_returned" INTEGER,
  "ballots_valid" INTEGER,
  "seats" INTEGER,
  "votes" TEXT CHECK ("votes" <> ''),
  "scrutineers" TEXT CHECK ("scrutineers" <> ''),
  "tellers" TEXT CHECK ("tellers" <> ''),
  "secretary" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "reported_no" TEXT CHECK ("reported_no" <> ''),
  "next_due_on" TEXT CHECK ("next_due_on" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE TABLE "election_elected" (
  "record_id" TEXT NOT NULL REFERENCES "election"(id) DEFERRABLE INITIALLY DEFERRED,
  "target_id" TEXT NOT NULL REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (record_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX "election_elected_target" ON "election_elected" (target_id);
CREATE INDEX "election_org" ON "election" (org_id);
CREATE INDEX "election_by_organization" ON "election" ("organization") WHERE "organization" IS NOT NULL;
CREATE INDEX "election_by_secretary" ON "election" ("secretary") WHERE "secretary" IS NOT NULL;
CREATE INDEX "election_by_held_on" ON "election" ("held_on", id);
CREATE TABLE "dues" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "month" TEXT CHECK ("month" <> ''),
  "amount" INTEGER,
  "paid_on" TEXT CHECK ("paid_on" <> ''),
  "method" TEXT CHECK ("method" <> ''),
  "collector" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE UNIQUE INDEX "dues_unique_person_month" ON "dues" (org_id, "person", "month") WHERE deleted_at IS NULL;
CREATE INDEX "dues_org" ON "dues" (org_id);
CREATE INDEX "dues_by_person" ON "dues" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "dues_by_collector" ON "dues" ("collector") WHERE "collector" IS NOT NULL;
CREATE INDEX "dues_by_month" ON "dues" ("month", id);
CREATE TABLE "remittance" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "period" TEXT CHECK ("period" <> ''),
  "amount" INTEGER,
  "paid_on" TEXT CHECK ("paid_on" <> ''),
  "receiver" TEXT CHECK ("receiver" <> ''),
  "receipt_no" TEXT CHECK ("receipt_no" <> ''),
  "handled_by" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE INDEX "remittance_org" ON "remittance" (org_id);
CREATE INDEX "remittance_by_handled_by" ON "remittance" ("handled_by") WHERE "handled_by" IS NOT NULL;
CREATE INDEX "remittance_by_paid_on" ON "remittance" ("paid_on", id);
CREATE TABLE "appraisal" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "year" INTEGER,
  "grade" TEXT CHECK ("grade" <> ''),
  "not_graded_why" TEXT CHECK ("not_graded_why" <> ''),
  "held_on" TEXT CHECK ("held_on" <> ''),
  "votes" TEXT CHECK ("votes" <> ''),
  "opinion" TEXT CHECK ("opinion" <> '')
) STRICT;
CREATE UNIQUE INDEX "appraisal_unique_person_year" ON "appraisal" (org_id, "person", "year") WHERE deleted_at IS NULL;
CREATE INDEX "appraisal_org" ON "appraisal" (org_id);
CREATE INDEX "appraisal_by_person" ON "appraisal" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "appraisal_by_year" ON "appraisal" ("year", id);
CREATE TABLE "talk" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "held_on" TEXT CHECK ("held_on" <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "talker" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "topic" TEXT CHECK ("topic" <> ''),
  "content" TEXT CHECK ("content" <> ''),
  "follow_up" TEXT CHECK ("follow_up" <> '')
) STRICT;
CREATE INDEX "talk_org" ON "talk" (org_id);
CREATE INDEX "talk_by_person" ON "talk" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "talk_by_talker" ON "talk" ("talker") WHERE "talker" IS NOT NULL;
CREATE INDEX "talk_by_held_on" ON "talk" ("held_on", id);
CREATE TABLE "goal" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "measures" TEXT CHECK ("measures" <> ''),
  "target" TEXT CHECK ("target" <> ''),
  "principal" TEXT CHECK ("principal" <> ''),
  "unit" TEXT CHECK ("unit" <> ''),
  "responsible" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "started_on" TEXT CHECK ("started_on" <> ''),
  "due_on" TEXT CHECK ("due_on" <> ''),
  "progress" INTEGER,
  "state" TEXT CHECK ("state" <> ''),
  "finished_on" TEXT CHECK ("finished_on" <> '')
) STRICT;
CREATE INDEX "goal_org" ON "goal" (org_id);
CREATE INDEX "goal_by_responsible" ON "goal" ("responsible") WHERE "responsible" IS NOT NULL;
CREATE INDEX "goal_by_due_on" ON "goal" ("due_on", id);
CREATE TABLE "panel" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "name" TEXT CHECK ("name" <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "lead" TEXT CHECK ("lead" <> ''),
  "members" TEXT CHECK ("members" <> ''),
  "duties" TEXT CHECK ("duties" <> ''),
  "contact" TEXT CHECK ("contact" <> ''),
  "document_no" TEXT CHECK ("document_no" <> ''),
  "started_on" TEXT CHECK ("started_on" <> ''),
  "ended_on" TEXT CHECK ("ended_on" <> '')
) STRICT;
CREATE INDEX "panel_org" ON "panel" (org_id);
CREATE INDEX "panel_by_started_on" ON "panel" ("started_on", id);
CREATE TABLE "activity" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "counts_as" TEXT CHECK ("counts_as" <> ''),
  "campaign" TEXT CHECK ("campaign" <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "held_by" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "held_on" TEXT CHECK ("held_on" <> ''),
  "hours" INTEGER,
  "place" TEXT CHECK ("place" <> ''),
  "site" TEXT REFERENCES "demonstration"(id) DEFERRABLE INITIALLY DEFERRED,
  "host" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "recorder" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "units" TEXT CHECK ("units" <> ''),
  "guests" INTEGER,
  "agenda" TEXT CHECK ("agenda" <> ''),
  "minutes" TEXT CHECK ("minutes" <> ''),
  "votes" TEXT CHECK ("votes" <> ''),
  "decisions" TEXT CHECK ("decisions" <> ''),
  "responsible" TEXT CHECK ("responsible" <> ''),
  "follow_up" TEXT CHECK ("follow_up" <> ''),
  "kept_as" TEXT CHECK ("kept_as" <> '')
) STRICT;
CREATE TABLE "activity_attendance" (
  "record_id" TEXT NOT NULL REFERENCES "activity"(id) DEFERRABLE INITIALLY DEFERRED,
  "target_id" TEXT NOT NULL REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "state" TEXT NOT NULL CHECK (state <> ''),
  PRIMARY KEY (record_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX "activity_attendance_target" ON "activity_attendance" (target_id);
CREATE TABLE "activity_made_up" (
  "record_id" TEXT NOT NULL REFERENCES "activity"(id) DEFERRABLE INITIALLY DEFERRED,
  "target_id" TEXT NOT NULL REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (record_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX "activity_made_up_target" ON "activity_made_up" (target_id);
CREATE INDEX "activity_org" ON "activity" (org_id);
CREATE INDEX "activity_by_held_by" ON "activity" ("held_by") WHERE "held_by" IS NOT NULL;
CREATE INDEX "activity_by_site" ON "activity" ("site") WHERE "site" IS NOT NULL;
CREATE INDEX "activity_by_host" ON "activity" ("host") WHERE "host" IS NOT NULL;
CREATE INDEX "activity_by_recorder" ON "activity" ("recorder") WHERE "recorder" IS NOT NULL;
CREATE INDEX "activity_by_held_on" ON "activity" ("held_on", id);
CREATE TABLE "assessment" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "target_code" TEXT CHECK ("target_code" <> ''),
  "year" INTEGER,
  "level" TEXT CHECK ("level" <> ''),
  "leadership" INTEGER,
  "team" INTEGER,
  "mechanism" INTEGER,
  "results" INTEGER,
  "satisfaction" INTEGER,
  "vetoes" TEXT CHECK ("vetoes" <> ''),
  "assessor" TEXT CHECK ("assessor" <> ''),
  "held_on" TEXT CHECK ("held_on" <> ''),
  "hearing" TEXT CHECK ("hearing" <> ''),
  "reward" TEXT CHECK ("reward" <> ''),
  "notice_to" TEXT CHECK ("notice_to" <> ''),
  "objections" TEXT CHECK ("objections" <> ''),
  "document_no" TEXT CHECK ("document_no" <> ''),
  "findings" TEXT CHECK ("findings" <> '')
) STRICT;
CREATE UNIQUE INDEX "assessment_unique_year_level_target_code_held_on" ON "assessment" (org_id, "year", "level", "target_code", "held_on") WHERE deleted_at IS NULL;
CREATE INDEX "assessment_org" ON "assessment" (org_id);
CREATE INDEX "assessment_by_year" ON "assessment" ("year", id);
CREATE TABLE "linkage" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "role" TEXT CHECK ("role" <> ''),
  "name" TEXT CHECK ("name" <> ''),
  "unit" TEXT CHECK ("unit" <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "target_code" TEXT CHECK ("target_code" <> ''),
  "started_on" TEXT CHECK ("started_on" <> ''),
  "ended_on" TEXT CHECK ("ended_on" <> ''),
  "duties" TEXT CHECK ("duties" <> ''),
  "grade" TEXT CHECK ("grade" <> ''),
  "results" TEXT CHECK ("results" <> ''),
  "kept_as" TEXT CHECK ("kept_as" <> '')
) STRICT;
CREATE INDEX "linkage_org" ON "linkage" (org_id);
CREATE INDEX "linkage_by_started_on" ON "linkage" ("started_on", id);
CREATE TABLE "visit" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "happened_on" TEXT CHECK ("happened_on" <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "linkage" TEXT REFERENCES "linkage"(id) DEFERRABLE INITIALLY DEFERRED,
  "pairing" TEXT REFERENCES "pairing"(id) DEFERRABLE INITIALLY DEFERRED,
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "visited_by" TEXT CHECK ("visited_by" <> ''),
  "means" TEXT CHECK ("means" <> ''),
  "content" TEXT CHECK ("content" <> ''),
  "done" TEXT CHECK ("done" <> '')
) STRICT;
CREATE INDEX "visit_org" ON "visit" (org_id);
CREATE INDEX "visit_by_linkage" ON "visit" ("linkage") WHERE "linkage" IS NOT NULL;
CREATE INDEX "visit_by_pairing" ON "visit" ("pairing") WHERE "pairing" IS NOT NULL;
CREATE INDEX "visit_by_person" ON "visit" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "visit_by_happened_on" ON "visit" ("happened_on", id);
CREATE TABLE "aid" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "provider" TEXT CHECK ("provider" <> ''),
  "target_code" TEXT CHECK ("target_code" <> ''),
  "linkage" TEXT REFERENCES "linkage"(id) DEFERRABLE INITIALLY DEFERRED,
  "pairing" TEXT REFERENCES "pairing"(id) DEFERRABLE INITIALLY DEFERRED,
  "amount" INTEGER,
  "given_on" TEXT CHECK ("given_on" <> ''),
  "beneficiary" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "heads" INTEGER,
  "result" TEXT CHECK ("result" <> ''),
  "kept_as" TEXT CHECK ("kept_as" <> '')
) STRICT;
CREATE INDEX "aid_org" ON "aid" (org_id);
CREATE INDEX "aid_by_linkage" ON "aid" ("linkage") WHERE "linkage" IS NOT NULL;
CREATE INDEX "aid_by_pairing" ON "aid" ("pairing") WHERE "pairing" IS NOT NULL;
CREATE INDEX "aid_by_beneficiary" ON "aid" ("beneficiary") WHERE "beneficiary" IS NOT NULL;
CREATE INDEX "aid_by_given_on" ON "aid" ("given_on", id);
CREATE TABLE "pairing" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "helper_unit" TEXT CHECK ("helper_unit" <> ''),
  "helper" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "helper_name" TEXT CHECK ("helper_name" <> ''),
  "helped" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "helped_name" TEXT CHECK ("helped_name" <> ''),
  "target_code" TEXT CHECK ("target_code" <> ''),
  "helps" TEXT CHECK ("helps" <> ''),
  "started_on" TEXT CHECK ("started_on" <> ''),
  "term_years" INTEGER,
  "measures" TEXT CHECK ("measures" <> ''),
  "in_poverty" INTEGER NOT NULL DEFAULT 0 CHECK ("in_poverty" IN (0, 1)),
  "lifted_on" TEXT CHECK ("lifted_on" <> ''),
  "ended_on" TEXT CHECK ("ended_on" <> ''),
  "end_reason" TEXT CHECK ("end_reason" <> ''),
  "results" TEXT CHECK ("results" <> ''),
  "kept_as" TEXT CHECK ("kept_as" <> '')
) STRICT;
CREATE INDEX "pairing_org" ON "pairing" (org_id);
CREATE INDEX "pairing_by_helper" ON "pairing" ("helper") WHERE "helper" IS NOT NULL;
CREATE INDEX "pairing_by_helped" ON "pairing" ("helped") WHERE "helped" IS NOT NULL;
CREATE INDEX "pairing_by_started_on" ON "pairing" ("started_on", id);
CREATE TABLE "regulation" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "name" TEXT CHECK ("name" <> ''),
  "category" TEXT CHECK ("category" <> ''),
  "adopted_on" TEXT CHECK ("adopted_on" <> ''),
  "adopted_at" TEXT REFERENCES "activity"(id) DEFERRABLE INITIALLY DEFERRED,
  "revised_on" TEXT CHECK ("revised_on" <> ''),
  "state" TEXT CHECK ("state" <> ''),
  "content" TEXT CHECK ("content" <> '')
) STRICT;
CREATE INDEX "regulation_org" ON "regulation" (org_id);
CREATE INDEX "regulation_by_adopted_at" ON "regulation" ("adopted_at") WHERE "adopted_at" IS NOT NULL;
CREATE INDEX "regulation_by_category" ON "regulation" ("category", id);
CREATE TABLE "circular" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "direction" TEXT CHECK ("direction" <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "document_no" TEXT CHECK ("document_no" <> ''),
  "unit" TEXT CHECK ("unit" <> ''),
  "happened_on" TEXT CHECK ("happened_on" <> ''),
  "action" TEXT CHECK ("action" <> ''),
  "place" TEXT CHECK ("place" <> '')
) STRICT;
CREATE INDEX "circular_org" ON "circular" (org_id);
CREATE INDEX "circular_by_happened_on" ON "circular" ("happened_on", id);
CREATE TABLE "plan" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "year" INTEGER,
  "kind" TEXT CHECK ("kind" <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "made_on" TEXT CHECK ("made_on" <> ''),
  "made_by" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "content" TEXT CHECK ("content" <> ''),
  "done" TEXT CHECK ("done" <> '')
) STRICT;
CREATE INDEX "plan_org" ON "plan" (org_id);
CREATE INDEX "plan_by_made_by" ON "plan" ("made_by") WHERE "made_by" IS NOT NULL;
CREATE INDEX "plan_by_year" ON "plan" ("year", id);
CREATE TABLE "decision" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "proposed_on" TEXT CHECK ("proposed_on" <> ''),
  "consulted_on" TEXT CHECK ("consulted_on" <> ''),
  "members_on" TEXT CHECK ("members_on" <> ''),
  "members_votes" TEXT CHECK ("members_votes" <> ''),
  "villagers_on" TEXT CHECK ("villagers_on" <> ''),
  "villagers_votes" TEXT CHECK ("villagers_votes" <> ''),
  "resolution_shown_on" TEXT CHECK ("resolution_shown_on" <> ''),
  "result_shown_on" TEXT CHECK ("result_shown_on" <> ''),
  "result" TEXT CHECK ("result" <> '')
) STRICT;
CREATE INDEX "decision_org" ON "decision" (org_id);
CREATE INDEX "decision_by_proposed_on" ON "decision" ("proposed_on", id);
CREATE TABLE "pledge" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "organization" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "year" INTEGER,
  "item" TEXT CHECK ("item" <> ''),
  "measures" TEXT CHECK ("measures" <> ''),
  "due_on" TEXT CHECK ("due_on" <> ''),
  "reviewed_on" TEXT CHECK ("reviewed_on" <> ''),
  "shown_on" TEXT CHECK ("shown_on" <> ''),
  "done_on" TEXT CHECK ("done_on" <> ''),
  "rating" TEXT CHECK ("rating" <> '')
) STRICT;
CREATE INDEX "pledge_org" ON "pledge" (org_id);
CREATE INDEX "pledge_by_person" ON "pledge" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "pledge_by_organization" ON "pledge" ("organization") WHERE "organization" IS NOT NULL;
CREATE INDEX "pledge_by_year" ON "pledge" ("year", id);
CREATE TABLE "duty" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "post" TEXT CHECK ("post" <> ''),
  "duties" TEXT CHECK ("duties" <> ''),
  "started_on" TEXT CHECK ("started_on" <> ''),
  "ended_on" TEXT CHECK ("ended_on" <> ''),
  "rating" TEXT CHECK ("rating" <> '')
) STRICT;
CREATE INDEX "duty_org" ON "duty" (org_id);
CREATE INDEX "duty_by_person" ON "duty" ("person") WHERE "person" IS NOT NULL;
CREATE TABLE "place" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "name" TEXT CHECK ("name" <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "address" TEXT CHECK ("address" <> ''),
  "area" TEXT CHECK ("area" <> ''),
  "keeper" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "started_on" TEXT CHECK ("started_on" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE INDEX "place_org" ON "place" (org_id);
CREATE INDEX "place_by_keeper" ON "place" ("keeper") WHERE "keeper" IS NOT NULL;
CREATE INDEX "place_by_kind" ON "place" ("kind", id);
CREATE TABLE "training" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "topic" TEXT CHECK ("topic" <> ''),
  "method" TEXT CHECK ("method" <> ''),
  "organizer" TEXT CHECK ("organizer" <> ''),
  "organizer_kind" TEXT CHECK ("organizer_kind" <> ''),
  "venue" TEXT REFERENCES "place"(id) DEFERRABLE INITIALLY DEFERRED,
  "venue_name" TEXT CHECK ("venue_name" <> ''),
  "lecturer" TEXT CHECK ("lecturer" <> ''),
  "started_on" TEXT CHECK ("started_on" <> ''),
  "ended_on" TEXT CHECK ("ended_on" <> ''),
  "hours" INTEGER,
  "audience" TEXT CHECK ("audience" <> ''),
  "guests" INTEGER,
  "results" TEXT CHECK ("results" <> ''),
  "kept_as" TEXT CHECK ("kept_as" <> '')
) STRICT;
CREATE TABLE "training_materials" (
  "record_id" TEXT NOT NULL REFERENCES "training"(id) DEFERRABLE INITIALLY DEFERRED,
  "target_id" TEXT NOT NULL REFERENCES "supply"(id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (record_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX "training_materials_target" ON "training_materials" (target_id);
CREATE TABLE "training_attendance" (
  "record_id" TEXT NOT NULL REFERENCES "training"(id) DEFERRABLE INITIALLY DEFERRED,
  "target_id" TEXT NOT NULL REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "state" TEXT NOT NULL CHECK (state <> ''),
  PRIMARY KEY (record_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX "training_attendance_target" ON "training_attendance" (target_id);
CREATE INDEX "training_org" ON "training" (org_id);
CREATE INDEX "training_by_venue" ON "training" ("venue") WHERE "venue" IS NOT NULL;
CREATE INDEX "training_by_started_on" ON "training" ("started_on", id);
CREATE TABLE "skill" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "technique" TEXT CHECK ("technique" <> ''),
  "field" TEXT CHECK ("field" <> ''),
  "mastery" TEXT CHECK ("mastery" <> ''),
  "learned_on" TEXT CHECK ("learned_on" <> ''),
  "certificate_no" TEXT CHECK ("certificate_no" <> ''),
  "training" TEXT REFERENCES "training"(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX "skill_org" ON "skill" (org_id);
CREATE INDEX "skill_by_person" ON "skill" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "skill_by_training" ON "skill" ("training") WHERE "training" IS NOT NULL;
CREATE TABLE "undertaking" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "owner" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT CHECK ("kind" <> ''),
  "name" TEXT CHECK ("name" <> ''),
  "key_project" INTEGER NOT NULL DEFAULT 0 CHECK ("key_project" IN (0, 1)),
  "industry" TEXT CHECK ("industry" <> ''),
  "started_on" TEXT CHECK ("started_on" <> ''),
  "ended_on" TEXT CHECK ("ended_on" <> ''),
  "output" INTEGER,
  "profit" INTEGER,
  "employees" INTEGER,
  "led_households" INTEGER,
  "support" TEXT CHECK ("support" <> ''),
  "note" TEXT CHECK ("note" <> '')
) STRICT;
CREATE INDEX "undertaking_org" ON "undertaking" (org_id);
CREATE INDEX "undertaking_by_owner" ON "undertaking" ("owner") WHERE "owner" IS NOT NULL;
CREATE INDEX "undertaking_by_started_on" ON "undertaking" ("started_on", id);
CREATE TABLE "cultivation" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "path" TEXT CHECK ("path" <> ''),
  "mentor" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "started_on" TEXT CHECK ("started_on" <> ''),
  "measures" TEXT CHECK ("measures" <> ''),
  "state" TEXT CHECK ("state" <> ''),
  "achieved_on" TEXT CHECK ("achieved_on" <> '')
) STRICT;
CREATE INDEX "cultivation_org" ON "cultivation" (org_id);
CREATE INDEX "cultivation_by_person" ON "cultivation" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "cultivation_by_mentor" ON "cultivation" ("mentor") WHERE "mentor" IS NOT NULL;
CREATE INDEX "cultivation_by_started_on" ON "cultivation" ("started_on", id);
CREATE TABLE "demonstration" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "name" TEXT CHECK ("name" <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "organization" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "feature" TEXT CHECK ("feature" <> ''),
  "adviser" TEXT CHECK ("adviser" <> ''),
  "led_households" INTEGER,
  "level" TEXT CHECK ("level" <> ''),
  "designated_on" TEXT CHECK ("designated_on" <> ''),
  "checked_on" TEXT CHECK ("checked_on" <> ''),
  "revoked_on" TEXT CHECK ("revoked_on" <> ''),
  "plaque_no" TEXT CHECK ("plaque_no" <> ''),
  "visitors" INTEGER,
  "story" TEXT CHECK ("story" <> ''),
  "kept_as" TEXT CHECK ("kept_as" <> '')
) STRICT;
CREATE INDEX "demonstration_org" ON "demonstration" (org_id);
CREATE INDEX "demonstration_by_person" ON "demonstration" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "demonstration_by_organization" ON "demonstration" ("organization") WHERE "organization" IS NOT NULL;
CREATE INDEX "demonstration_by_designated_on" ON "demonstration" ("designated_on", id);
CREATE TABLE "supply" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "item" TEXT CHECK ("item" <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "quantity" INTEGER,
  "unit" TEXT CHECK ("unit" <> ''),
  "value" INTEGER,
  "provider" TEXT CHECK ("provider" <> ''),
  "received_on" TEXT CHECK ("received_on" <> ''),
  "demonstration" TEXT REFERENCES "demonstration"(id) DEFERRABLE INITIALLY DEFERRED,
  "recipient" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "location" TEXT CHECK ("location" <> ''),
  "state" TEXT CHECK ("state" <> ''),
  "kept_as" TEXT CHECK ("kept_as" <> '')
) STRICT;
CREATE INDEX "supply_org" ON "supply" (org_id);
CREATE INDEX "supply_by_demonstration" ON "supply" ("demonstration") WHERE "demonstration" IS NOT NULL;
CREATE INDEX "supply_by_recipient" ON "supply" ("recipient") WHERE "recipient" IS NOT NULL;
CREATE INDEX "supply_by_received_on" ON "supply" ("received_on", id);
CREATE TABLE "honor" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "kind" TEXT CHECK ("kind" <> ''),
  "level" TEXT CHECK ("level" <> ''),
  "granted_by" TEXT CHECK ("granted_by" <> ''),
  "granted_on" TEXT CHECK ("granted_on" <> ''),
  "person" TEXT REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  "organization" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "document_no" TEXT CHECK ("document_no" <> ''),
  "reward" INTEGER,
  "kept_as" TEXT CHECK ("kept_as" <> '')
) STRICT;
CREATE INDEX "honor_org" ON "honor" (org_id);
CREATE INDEX "honor_by_person" ON "honor" ("person") WHERE "person" IS NOT NULL;
CREATE INDEX "honor_by_organization" ON "honor" ("organization") WHERE "organization" IS NOT NULL;
CREATE INDEX "honor_by_granted_on" ON "honor" ("granted_on", id);
CREATE TABLE "publicity" (
  "id" TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
  "org_id" TEXT NOT NULL REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "rev" INTEGER NOT NULL CHECK (rev >= 1),
  "deleted_at" TEXT CHECK (deleted_at <> ''),
  "title" TEXT CHECK ("title" <> ''),
  "media" TEXT CHECK ("media" <> ''),
  "level" TEXT CHECK ("level" <> ''),
  "published_on" TEXT CHECK ("published_on" <> ''),
  "organization" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "author" TEXT CHECK ("author" <> ''),
  "copies" INTEGER,
  "content" TEXT CHECK ("content" <> ''),
  "kept_as" TEXT CHECK ("kept_as" <> '')
) STRICT;
CREATE TABLE "publicity_persons" (
  "record_id" TEXT NOT NULL REFERENCES "publicity"(id) DEFERRABLE INITIALLY DEFERRED,
  "target_id" TEXT NOT NULL REFERENCES "person"(id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (record_id, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX "publicity_persons_target" ON "publicity_persons" (target_id);
CREATE INDEX "publicity_org" ON "publicity" (org_id);
CREATE INDEX "publicity_by_organization" ON "publicity" ("organization") WHERE "organization" IS NOT NULL;
CREATE INDEX "publicity_by_published_on" ON "publicity" ("published_on", id);
