-- Written by the program of commit 96eb715 (version 1 of the schema): a run, a thank-you sent and
-- answered, another dismissed, a contact logged. (A second run would have expired them: a mistake
-- of that program.)
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'touchpoints','first','2026-11-25 14:18:18.114453+00:00');
CREATE TABLE "articles" (
   "id" TEXT PRIMARY KEY,
   "feed" TEXT,
   "title" TEXT,
   "link" TEXT,
   "canonical" TEXT,
   "text" TEXT,
   "published" TEXT,
   "dated" TEXT,
   "seen" TEXT,
   "source" TEXT,
   "author" TEXT,
   "guid" TEXT,
   "story" TEXT
);
INSERT INTO "articles" VALUES('867455346b9b7e52','/home/sam/news.xml','Halden Freight opens a second container terminal','https://n.example/terminal','https://n.example/terminal','Suppliers for the cranes of the new container terminal are chosen in January; the ramp-up takes nine months.','2026-11-24T03:00:00+00:00','feed','2026-11-24T08:00:00+00:00','News of the port','','t1','867455346b9b7e52');
INSERT INTO "articles" VALUES('a3cd8f79f516ff9c','/home/sam/news.xml','Solo sailor rounds the Horn in an ocean racing boat','https://n.example/boat','https://n.example/boat','She built the ocean racing boat herself.','2026-11-24T03:00:00+00:00','feed','2026-11-24T08:00:00+00:00','News of the port','','b1','a3cd8f79f516ff9c');
INSERT INTO "articles" VALUES('fd7557f5fe204be4','/home/sam/news.xml','Halden Freight cuts 200 jobs at its depot','https://n.example/jobs','https://n.example/jobs','Layoffs at Halden Freight begin in January, the company said.','2026-11-24T03:00:00+00:00','feed','2026-11-24T08:00:00+00:00','News of the port','','j1','fd7557f5fe204be4');
CREATE TABLE "contacts" (
   "id" INTEGER PRIMARY KEY,
   "company" TEXT,
   "person" TEXT,
   "at" TEXT,
   "what" TEXT,
   "answer" INTEGER,
   "touchpoint" INTEGER
);
INSERT INTO "contacts" VALUES(1,'halden','Aud Lunde','2026-11-24T09:00:00+00:00','Thank you for your time',0,1);
INSERT INTO "contacts" VALUES(2,'halden','Aud Lunde','2026-11-24T09:10:00+00:00','met at the fair',0,0);
INSERT INTO "contacts" VALUES(3,'halden','Aud Lunde','2026-11-25T09:20:00+00:00','answer to ''Thank you for your time''',1,1);
CREATE TABLE "feeds" (
   "address" TEXT PRIMARY KEY,
   "title" TEXT,
   "etag" TEXT,
   "last_modified" TEXT,
   "content_hash" TEXT,
   "checked" TEXT,
   "worked" TEXT,
   "failures" INTEGER,
   "failing_since" TEXT,
   "error" TEXT,
   "todo" TEXT
);
INSERT INTO "feeds" VALUES('/home/sam/news.xml','News of the port','','','d210b2f14662e883c0916a37ea105ba7579a073668e477d002ffcad26cf38b60','2026-11-24T08:00:00+00:00','2026-11-24T08:00:00+00:00',0,'','','');
CREATE TABLE "frequencies" (
   "id" INTEGER PRIMARY KEY,
   "documents" INTEGER,
   "fitted" TEXT,
   "terms" BLOB
);
INSERT INTO "frequencies" VALUES(1,3,'2026-11-24T08:00:00+00:00',X'789CAB564A2B4ACD4CCF2851B232D251CA48CC4949CD43622A20CB6625E69526165502D9B500F81E1201');
CREATE TABLE "matches" (
   "interview" TEXT,
   "position" INTEGER,
   "detail" TEXT,
   PRIMARY KEY ("interview", "position")
);
INSERT INTO "matches" VALUES('data/notes/halden.md',0,'{"interview": "data/notes/halden.md", "company": "halden", "story": {"id": "867455346b9b7e52", "lead": {"id": "867455346b9b7e52", "feed": "/home/sam/news.xml", "title": "Halden Freight opens a second container terminal", "link": "https://n.example/terminal", "canonical": "https://n.example/terminal", "text": "Suppliers for the cranes of the new container terminal are chosen in January; the ramp-up takes nine months.", "published": "2026-11-24T03:00:00+00:00", "dated": "feed", "seen": "2026-11-24T08:00:00+00:00", "source": "News of the port", "author": "", "guid": "t1"}, "others": []}, "kind": "contribution", "score": 0.788586400159794, "shown": true, "reason": "fits your note “ran the supplier ramp-up for a container terminal with two cranes”: container · terminal · container terminal", "mention": {"about": "about", "confidence": 0.995, "words": ["Halden Freight"], "reason": ""}, "events": [{"kind": "expansion", "sensitive": false, "words": ["opens"]}], "sensitive": false, "best": {"note": {"file": "data/notes/halden.md", "line": 11, "section": "angle", "text": "ran the supplier ramp-up for a container terminal with two cranes", "person": ""}, "sentence": "Suppliers for the cranes of the new container terminal are chosen in January; the ramp-up takes nine months.", "terms": [{"term": "container", "weight": 0.34926803175041093}, {"term": "terminal", "weight": 0.34926803175041093}, {"term": "container terminal", "weight": 0.1711413355577013}, {"term": "cranes", "weight": 0.16642808852133179}, {"term": "ramp", "weight": 0.16642808852133179}, {"term": "supplier", "weight": 0.16642808852133179}], "score": 1.3689616646225187}, "skill": {"note": {"file": "data/notes/halden.md", "line": 11, "section": "angle", "text": "ran the supplier ramp-up for a container terminal with two cranes", "person": ""}, "sentence": "Suppliers for the cranes of the new container terminal are chosen in January; the ramp-up takes nine months.", "terms": [{"term": "container", "weight": 0.34926803175041093}, {"term": "terminal", "weight": 0.34926803175041093}, {"term": "container terminal", "weight": 0.1711413355577013}, {"term": "cranes", "weight": 0.16642808852133179}, {"term": "ramp", "weight": 0.16642808852133179}, {"term": "supplier", "weight": 0.16642808852133179}], "score": 1.3689616646225187}, "for_people": []}');
INSERT INTO "matches" VALUES('data/notes/halden.md',1,'{"interview": "data/notes/halden.md", "company": "halden", "story": {"id": "a3cd8f79f516ff9c", "lead": {"id": "a3cd8f79f516ff9c", "feed": "/home/sam/news.xml", "title": "Solo sailor rounds the Horn in an ocean racing boat", "link": "https://n.example/boat", "canonical": "https://n.example/boat", "text": "She built the ocean racing boat herself.", "published": "2026-11-24T03:00:00+00:00", "dated": "feed", "seen": "2026-11-24T08:00:00+00:00", "source": "News of the port", "author": "", "guid": "b1"}, "others": []}, "kind": "tidbit", "score": 0.7842160236725336, "shown": true, "reason": "fits your note “photo of an ocean racing boat”: boat · ocean · racing", "mention": {"about": "none", "confidence": 0.0, "words": [], "reason": "Halden Freight is not named in it"}, "events": [], "sensitive": false, "best": {"note": {"file": "data/notes/halden.md", "line": 9, "section": "office", "text": "photo of an ocean racing boat", "person": ""}, "sentence": "Solo sailor rounds the Horn in an ocean racing boat", "terms": [{"term": "boat", "weight": 0.34926252946536773}, {"term": "ocean", "weight": 0.34926252946536773}, {"term": "racing", "weight": 0.34926252946536773}, {"term": "ocean racing", "weight": 0.17113863943803018}, {"term": "racing boat", "weight": 0.17113863943803018}], "score": 1.3900648672721634}, "skill": null, "for_people": [{"note": {"file": "data/notes/halden.md", "line": 9, "section": "office", "text": "photo of an ocean racing boat", "person": ""}, "sentence": "Solo sailor rounds the Horn in an ocean racing boat", "terms": [{"term": "boat", "weight": 0.34926252946536773}, {"term": "ocean", "weight": 0.34926252946536773}, {"term": "racing", "weight": 0.34926252946536773}, {"term": "ocean racing", "weight": 0.17113863943803018}, {"term": "racing boat", "weight": 0.17113863943803018}], "score": 1.3900648672721634}]}');
INSERT INTO "matches" VALUES('data/notes/halden.md',2,'{"interview": "data/notes/halden.md", "company": "halden", "story": {"id": "fd7557f5fe204be4", "lead": {"id": "fd7557f5fe204be4", "feed": "/home/sam/news.xml", "title": "Halden Freight cuts 200 jobs at its depot", "link": "https://n.example/jobs", "canonical": "https://n.example/jobs", "text": "Layoffs at Halden Freight begin in January, the company said.", "published": "2026-11-24T03:00:00+00:00", "dated": "feed", "seen": "2026-11-24T08:00:00+00:00", "source": "News of the port", "author": "", "guid": "j1"}, "others": []}, "kind": "contribution", "score": 0.49825, "shown": false, "reason": "bad news about Halden Freight: held back", "mention": {"about": "about", "confidence": 0.9965, "words": ["Halden Freight"], "reason": ""}, "events": [{"kind": "layoffs", "sensitive": true, "words": ["cuts 200 jobs", "layoffs"]}], "sensitive": true, "best": null, "skill": null, "for_people": []}');
CREATE TABLE "memory" (
   "name" TEXT PRIMARY KEY,
   "value" TEXT
);
INSERT INTO "memory" VALUES('articles_changed','1');
INSERT INTO "memory" VALUES('scored','0d9db2cd83185d2956815717c266f2525aa174eedac11f9fe6fe4e259e372fdd');
INSERT INTO "memory" VALUES('stories','3');
CREATE TABLE "moves" (
   "id" INTEGER PRIMARY KEY,
   "at" TEXT,
   "by" TEXT,
   "what" TEXT,
   "touchpoint" INTEGER,
   "contact" INTEGER,
   "status" TEXT,
   "changed" TEXT,
   "until" TEXT,
   "because" TEXT,
   "undone" INTEGER
);
INSERT INTO "moves" VALUES(1,'2026-11-24T09:00:00+00:00','user','sent',1,1,'suggested','2026-11-24T08:00:00+00:00','','',0);
INSERT INTO "moves" VALUES(2,'2026-11-24T09:10:00+00:00','user','logged',0,2,'','','','',0);
INSERT INTO "moves" VALUES(3,'2026-11-24T09:20:00+00:00','user','dismissed',2,0,'suggested','2026-11-24T08:00:00+00:00','','',0);
INSERT INTO "moves" VALUES(4,'2026-11-25T09:20:00+00:00','user','answered',1,3,'sent','2026-11-24T09:00:00+00:00','','',0);
CREATE TABLE "runs" (
   "id" INTEGER PRIMARY KEY,
   "started" TEXT,
   "report" TEXT
);
INSERT INTO "runs" VALUES(1,'2026-11-24T08:00:00+00:00','{"day": "2026-11-24", "feeds": 1, "feeds_new": 1, "feeds_same": 0, "feeds_failed": 0, "articles_read": 3, "articles_stored": 3, "stories": 3, "matches": 2, "sensitive": 1, "suggested": 2, "held": 3, "refused": {}, "moves": [], "problems": [], "seconds": {"news": 0.095, "relevance": 0.831, "touchpoints": 0.032, "digest": 0.038}}');
CREATE TABLE "touchpoints" (
   "id" INTEGER PRIMARY KEY,
   "key" TEXT,
   "status" TEXT,
   "created" TEXT,
   "changed" TEXT,
   "until" TEXT,
   "because" TEXT,
   "suggestion" TEXT
);
INSERT INTO "touchpoints" VALUES(1,'thank_you:data/notes/halden.md:Aud Lunde','answered','2026-11-24T08:00:00+00:00','2026-11-25T09:20:00+00:00','','','{"key": "thank_you:data/notes/halden.md:Aud Lunde", "kind": "thank_you", "interview": "data/notes/halden.md", "company": "halden", "person": "Aud Lunde", "due": "2026-11-24T09:00:00+00:00", "reason": "the interview was yesterday at 14:30; a note within a day is remembered, after three it is routine.", "draft": {"to": "", "subject": "Thank you for your time", "body": "Dear Aud,\n\nthank you for your time on Monday. What you said about night shifts on the quay and noisy trucks has stayed with me: […]\n\nI am still very interested, and glad to go deeper into any of it whenever it suits you.\n\nKind regards\nSam\n"}, "story": "", "story_title": "", "story_link": "", "story_source": "", "story_published": null, "note": null, "sentence": "", "terms": [], "score": 0.0}');
INSERT INTO "touchpoints" VALUES(2,'thank_you:data/notes/halden.md:Tom Adeyemi','dismissed','2026-11-24T08:00:00+00:00','2026-11-24T09:20:00+00:00','','not-for-me','{"key": "thank_you:data/notes/halden.md:Tom Adeyemi", "kind": "thank_you", "interview": "data/notes/halden.md", "company": "halden", "person": "Tom Adeyemi", "due": "2026-11-24T09:00:00+00:00", "reason": "the interview was yesterday at 14:30; a note within a day is remembered, after three it is routine.", "draft": {"to": "tom@example.com", "subject": "Thank you for the conversation", "body": "Dear Tom,\n\nmany thanks for talking with me on Monday. The part about night shifts on the quay and noisy trucks stayed with me most: […]\n\nI came away keener than before. If it helps to go into more depth on something, I am glad to.\n\nKind regards\nSam\n"}, "story": "", "story_title": "", "story_link": "", "story_source": "", "story_published": null, "note": null, "sentence": "", "terms": [], "score": 0.0}');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_articles_published"
    ON "articles" ("published");
CREATE INDEX "idx_articles_story"
    ON "articles" ("story");
CREATE UNIQUE INDEX "idx_touchpoints_key"
    ON "touchpoints" ("key");
COMMIT;
PRAGMA user_version = 1;
