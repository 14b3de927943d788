-- Written by the program of commit 2fc8aaf (version 8 of the schema): two runs, a thank-you sent and
-- answered, another dismissed, a contact logged. Without what it learnt of words, which is large
-- and made anew.
BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'touchpoints','first','2026-11-25 14:20:30.254312+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'touchpoints','scored_once','2026-11-25 14:20:30.255077+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'touchpoints','grouped_once','2026-11-25 14:20:30.255578+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'touchpoints','held_by_name','2026-11-25 14:20:30.256023+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'touchpoints','asked_when_due','2026-11-25 14:20:30.256684+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'touchpoints','edited_by_hand','2026-11-25 14:20:30.261111+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'touchpoints','asked_as_wished','2026-11-25 14:20:30.261577+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'touchpoints','read_in_full','2026-11-25 14:20:30.262040+00:00');
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
, "changed" INTEGER NOT NULL DEFAULT 0, "page" TEXT NOT NULL DEFAULT '', "page_text" TEXT NOT NULL DEFAULT '');
INSERT INTO "articles" VALUES('8a344ce3779d4656','/home/sam/news.xml','Halden Freight opens a second container terminal','https://n.example/terminal','https://n.example/terminal','Suppliers for the cranes of the new container terminal are chosen in January; the ramp-up takes nine months.','2026-11-24T03:00:00+00:00','feed','2026-11-24T08:00:00+00:00','News of the port','','t1','8a344ce3779d4656',1,'','');
INSERT INTO "articles" VALUES('7887685040563ead','/home/sam/news.xml','Solo sailor rounds the Horn in an ocean racing boat','https://n.example/boat','https://n.example/boat','She built the ocean racing boat herself.','2026-11-24T03:00:00+00:00','feed','2026-11-24T08:00:00+00:00','News of the port','','b1','7887685040563ead',1,'','');
INSERT INTO "articles" VALUES('635363324b7af4b5','/home/sam/news.xml','Halden Freight cuts 200 jobs at its depot','https://n.example/jobs','https://n.example/jobs','Layoffs at Halden Freight begin in January, the company said.','2026-11-24T03:00:00+00:00','feed','2026-11-24T08:00:00+00:00','News of the port','','j1','635363324b7af4b5',1,'','');
CREATE TABLE "contacts" (
   "id" INTEGER PRIMARY KEY,
   "company" TEXT,
   "person" TEXT,
   "at" TEXT,
   "what" TEXT,
   "answer" INTEGER,
   "touchpoint" INTEGER
);
INSERT INTO "contacts" VALUES(1,'halden','Tom Adeyemi','2026-11-24T09:00:00+00:00','Thank you for your time',0,1);
INSERT INTO "contacts" VALUES(2,'halden','Aud Lunde','2026-11-24T09:10:00+00:00','met at the fair',0,0);
INSERT INTO "contacts" VALUES(3,'halden','Tom Adeyemi','2026-11-25T09:20:00+00:00','answer to ''Thank you for your time''',1,1);
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
, "due" TEXT NOT NULL DEFAULT '', "moved_to" TEXT NOT NULL DEFAULT '', "moved_since" TEXT NOT NULL DEFAULT '', "gone_since" TEXT NOT NULL DEFAULT '', "told" TEXT NOT NULL DEFAULT '', "moved_times" INTEGER NOT NULL DEFAULT 0, "wishes" TEXT NOT NULL DEFAULT '', "newest" TEXT NOT NULL DEFAULT '', "known_as" TEXT NOT NULL DEFAULT '');
INSERT INTO "feeds" VALUES('/home/sam/news.xml','News of the port','','','d210b2f14662e883c0916a37ea105ba7579a073668e477d002ffcad26cf38b60','2026-11-25T10:00:00+00:00','2026-11-25T10:00:00+00:00',0,'','','','','','','','',0,'','2026-11-24T03:00:00+00:00','');
CREATE TABLE "holds" (
   "id" INTEGER PRIMARY KEY,
   "company" TEXT,
   "story" TEXT,
   "title" TEXT,
   "created" TEXT,
   "released" TEXT
);
INSERT INTO "holds" VALUES(1,'halden','635363324b7af4b5','Halden Freight cuts 200 jobs at its depot','2026-11-24T08:00:00+00:00','');
CREATE TABLE "knowledge" (
   "name" TEXT PRIMARY KEY,
   "detail" BLOB
);
CREATE TABLE "marks" (
   "id" TEXT PRIMARY KEY,
   "published" TEXT,
   "mark" BLOB
);
INSERT INTO "marks" VALUES('635363324b7af4b5','2026-11-24T03:00:00+00:00',X'E1FFE4FA73940CF5239AB5173CCE5A9F72F5F2FA8169932554DA0326F93CA909BAFC68012DDB709AA5405EDF0B46376027A3278D7FB733C3DEC3AD3920A907ABE1FFE4FA73940CF5239AB5173CCE5A9F72F5F2FA8169932527A3278D7FB733C3DEC3AD3920A907ABEDCB88E7668A38E61F5D4CB457AA76B5');
INSERT INTO "marks" VALUES('7887685040563ead','2026-11-24T03:00:00+00:00',X'907274C19B6BBF69E284B3EE5DECF80C3C8AFD38E54F7CE454986CE4F93CE4B6E555B98BD8ABF6CFFB68EA12E5D73EAB4574A4B3524FE8B599CA1AFF6A09D044907274C19B6BBF69E284B3EE5DECF80C3C8AFD38E54F7CE44574A4B3524FE8B599CA1AFF6A09D0447739900FE964C59690B3B1C4A640F39C');
INSERT INTO "marks" VALUES('8a344ce3779d4656','2026-11-24T03:00:00+00:00',X'1166B77C057DFE9BF1B0DFBE27DE6A320290B1B79F67E3B056AFAD5F23EA9935367B08D8C05E0FCB43D4A49F3EDB3760F06C4293B315497B3465D6733AC8A72F1166B77C057DFE9BF1B0DFBE27DE6A320290B1B79F67E3B0F06C4293B315497B3465D6733AC8A72FC48120953A6C9FA0B32C58F0FB87ABE7');
CREATE TABLE "matches" (
   "interview" TEXT,
   "story" TEXT,
   "detail" TEXT,
   PRIMARY KEY ("interview", "story")
);
INSERT INTO "matches" VALUES('data/notes/halden.md','635363324b7af4b5','{"interview": "data/notes/halden.md", "company": "halden", "story": {"id": "635363324b7af4b5", "lead": {"id": "635363324b7af4b5", "feed": "/home/sam/news.xml", "title": "Halden Freight cuts 200 jobs at its depot", "link": "https://n.example/jobs", "canonical": "https://n.example/jobs", "text": "Layoffs at Halden Freight begin in January, the company said.", "published": "2026-11-24T03:00:00+00:00", "dated": "feed", "seen": "2026-11-24T08:00:00+00:00", "source": "News of the port", "author": "", "guid": "j1", "page": ""}, "others": []}, "kind": "contribution", "score": 0.6662730647240229, "shown": false, "reason": "bad news about Halden Freight: held back", "mention": {"about": "about", "confidence": 0.9951, "words": ["Halden Freight"], "reason": "", "in_title": true}, "events": [{"kind": "layoffs", "sensitive": true, "words": ["cuts 200 jobs", "layoffs"]}], "sensitive": true, "parts": [{"name": "about the company", "amount": 0.59755, "words": ["Halden Freight"]}, {"name": "like its other news", "amount": 0.06872306472402286, "words": ["200", "cut", "depot"]}], "best": null, "skill": null, "for_people": []}');
INSERT INTO "matches" VALUES('data/notes/halden.md','7887685040563ead','{"interview": "data/notes/halden.md", "company": "halden", "story": {"id": "7887685040563ead", "lead": {"id": "7887685040563ead", "feed": "/home/sam/news.xml", "title": "Solo sailor rounds the Horn in an ocean racing boat", "link": "https://n.example/boat", "canonical": "https://n.example/boat", "text": "She built the ocean racing boat herself.", "published": "2026-11-24T03:00:00+00:00", "dated": "feed", "seen": "2026-11-24T08:00:00+00:00", "source": "News of the port", "author": "", "guid": "b1", "page": ""}, "others": []}, "kind": "tidbit", "score": 0.5286768429952812, "shown": true, "reason": "fits your note “photo of an ocean racing boat”: boat · ocean · racing", "mention": {"about": "none", "confidence": 0.0, "words": [], "reason": "Halden Freight is not named in it", "in_title": false}, "events": [], "sensitive": false, "parts": [{"name": "your note", "amount": 0.5286768429952812, "words": []}], "best": {"note": {"file": "data/notes/halden.md", "line": 9, "section": "office", "text": "photo of an ocean racing boat", "person": ""}, "sentence": "Solo sailor rounds the Horn in an ocean racing boat", "terms": [{"term": "boat", "weight": 0.13283337763700534}, {"term": "ocean", "weight": 0.13283337763700534}, {"term": "racing", "weight": 0.13283337763700534}, {"term": "ocean racing", "weight": 0.0650883550421326}, {"term": "racing boat", "weight": 0.0650883550421326}], "score": 0.5286768429952812, "unit": 0.3803253038347386}, "skill": null, "for_people": [{"note": {"file": "data/notes/halden.md", "line": 9, "section": "office", "text": "photo of an ocean racing boat", "person": ""}, "sentence": "Solo sailor rounds the Horn in an ocean racing boat", "terms": [{"term": "boat", "weight": 0.13283337763700534}, {"term": "ocean", "weight": 0.13283337763700534}, {"term": "racing", "weight": 0.13283337763700534}, {"term": "ocean racing", "weight": 0.0650883550421326}, {"term": "racing boat", "weight": 0.0650883550421326}], "score": 0.5286768429952812, "unit": 0.3803253038347386}]}');
INSERT INTO "matches" VALUES('data/notes/halden.md','8a344ce3779d4656','{"interview": "data/notes/halden.md", "company": "halden", "story": {"id": "8a344ce3779d4656", "lead": {"id": "8a344ce3779d4656", "feed": "/home/sam/news.xml", "title": "Halden Freight opens a second container terminal", "link": "https://n.example/terminal", "canonical": "https://n.example/terminal", "text": "Suppliers for the cranes of the new container terminal are chosen in January; the ramp-up takes nine months.", "published": "2026-11-24T03:00:00+00:00", "dated": "feed", "seen": "2026-11-24T08:00:00+00:00", "source": "News of the port", "author": "", "guid": "t1", "page": ""}, "others": []}, "kind": "contribution", "score": 0.826656100805048, "shown": true, "reason": "fits your note “ran the supplier ramp-up for a container terminal with two cranes”: container · terminal · container terminal", "mention": {"about": "about", "confidence": 0.9931, "words": ["Halden Freight"], "reason": "", "in_title": true}, "events": [{"kind": "expansion", "sensitive": false, "words": ["opens"]}], "sensitive": false, "parts": [{"name": "about the company", "amount": 0.59655, "words": ["Halden Freight"]}, {"name": "your note", "amount": 0.05650027447478078, "words": []}, {"name": "near in meaning", "amount": 0.01636753960687614, "words": []}, {"name": "all your notes", "amount": 0.11300054894956159, "words": ["container", "terminal", "container terminal"]}, {"name": "like its other news", "amount": 0.044237737773829576, "words": ["container", "terminal", "open"]}], "best": {"note": {"file": "data/notes/halden.md", "line": 11, "section": "angle", "text": "ran the supplier ramp-up for a container terminal with two cranes", "person": ""}, "sentence": "Suppliers for the cranes of the new container terminal are chosen in January; the ramp-up takes nine months.", "terms": [{"term": "container", "weight": 0.01441511487803868}, {"term": "terminal", "weight": 0.01441511487803868}, {"term": "container terminal", "weight": 0.007063406290238952}, {"term": "cranes", "weight": 0.006868879476154823}, {"term": "ramp", "weight": 0.006868879476154823}, {"term": "supplier", "weight": 0.006868879476154823}], "score": 0.05650027447478078, "unit": 0.04127235695117901}, "skill": {"note": {"file": "data/notes/halden.md", "line": 11, "section": "angle", "text": "ran the supplier ramp-up for a container terminal with two cranes", "person": ""}, "sentence": "Suppliers for the cranes of the new container terminal are chosen in January; the ramp-up takes nine months.", "terms": [{"term": "container", "weight": 0.01441511487803868}, {"term": "terminal", "weight": 0.01441511487803868}, {"term": "container terminal", "weight": 0.007063406290238952}, {"term": "cranes", "weight": 0.006868879476154823}, {"term": "ramp", "weight": 0.006868879476154823}, {"term": "supplier", "weight": 0.006868879476154823}], "score": 0.05650027447478078, "unit": 0.04127235695117901}, "for_people": []}');
CREATE TABLE "memory" (
   "name" TEXT PRIMARY KEY,
   "value" TEXT
);
INSERT INTO "memory" VALUES('articles_changed','1');
INSERT INTO "memory" VALUES('marked_at','2026-11-24T08:00:00+00:00');
INSERT INTO "memory" VALUES('scored_on','36c467209655637faa913c47f27d3f20ca9f453d6dab451488f86af8f3dfea8f');
INSERT INTO "memory" VALUES('scored_up_to','1');
INSERT INTO "memory" VALUES('pages','[{"day": "2026-11-24", "ours": ["c6a21270b019a7d6481c5381922be538"], "read": [], "taken": [], "notes": [], "said": [], "asked": []}, {"day": "2026-11-25", "ours": ["d4cfd605625d82498b80188fd23d0aca"], "read": [], "taken": [], "notes": [], "said": [], "asked": []}]');
INSERT INTO "memory" VALUES('drawn','c2650915a83bb1eb8035c053d6a73a14 4dc00d1238b035e29162af7605448087');
INSERT INTO "memory" VALUES('index','[["2026-11-24", "Tuesday 24 November: two things to do", 2, 1, 2], ["2026-11-25", "Wednesday 25 November: nothing worth sending today", 0, 1, 0]]');
INSERT INTO "memory" VALUES('calendar','{"version": "0.1.0", "revisions": [{"appointment": {"uid": "de2da694456535d504ddeecdf070fa5b@touchpoints.invalid", "title": "Interview: Halden Freight", "text": "Tom Adeyemi\nAud Lunde\n\nYour notes: data/notes/halden.md", "at": "2026-11-23T14:30:00+00:00", "day": null, "minutes": 60, "busy": true}, "number": 0, "since": "2026-11-24T08:00:00+00:00", "cancelled": false}, {"appointment": {"uid": "6d4a70a15e97c3795a1f02a622f09c3e@touchpoints.invalid", "title": "Halden Freight: check-in with Tom Adeyemi", "text": "", "at": null, "day": "2026-12-02", "minutes": 0, "busy": false}, "number": 0, "since": "2026-11-25T10:00:00+00:00", "cancelled": false}, {"appointment": {"uid": "76aac1c050a4d2be9c6fad78f478ea7f@touchpoints.invalid", "title": "Thank-you to Aud Lunde, Halden Freight", "text": "The interview was yesterday at 14:30; a note within a day is remembered, after three it is routine. No story with it: bad news about Halden Freight (layoffs).\n\nSubject: Thank you\n\nDear Aud,\n\nMany thanks for talking with me on Monday. One part has stayed with me, the one about night shifts on the quay and noisy trucks: […]\n\nI am still very interested, and glad to go deeper into any of it whenever it suits you.\n\nKind regards\nSam\n\n\nTo open it in the mail program: touchpoints draft 2 --open\nWhen it is sent: touchpoints sent 2", "at": "2026-11-24T09:00:00+00:00", "day": null, "minutes": 15, "busy": false}, "number": 1, "since": "2026-11-25T10:00:00+00:00", "cancelled": true}, {"appointment": {"uid": "7e190c75ae4ce9f524303798189683fd@touchpoints.invalid", "title": "Thank-you to Tom Adeyemi, Halden Freight", "text": "The interview was yesterday at 14:30; a note within a day is remembered, after three it is routine. No story with it: bad news about Halden Freight (layoffs).\n\nTo: tom@example.com\nSubject: Thank you for your time\n\nDear Tom,\n\nThank you for your time on Monday. The part about night shifts on the quay and noisy trucks stayed with me most: […]\n\nI came away even more interested than before. If it helps to go into more depth on something, I am glad to.\n\nKind regards\nSam\n\n\nTo open it in the mail program: touchpoints draft 1 --open\nWhen it is sent: touchpoints sent 1", "at": "2026-11-24T09:00:00+00:00", "day": null, "minutes": 15, "busy": false}, "number": 1, "since": "2026-11-25T10:00:00+00:00", "cancelled": true}]}');
INSERT INTO "memory" VALUES('drafts','[]');
INSERT INTO "memory" VALUES('told','[["2026-11-24", "held halden 635363324b7af4b5", 0.0, ""], ["2026-11-24", "look 7887685040563ead", 0.529, "7887685040563ead"], ["2026-11-24", "look 8a344ce3779d4656", 0.827, "8a344ce3779d4656"], ["2026-11-25", "held halden 635363324b7af4b5", 0.0, ""]]');
INSERT INTO "memory" VALUES('volume','{"halden": {"2026-11-07": 0, "2026-11-24": 2}}');
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
, "subject" TEXT NOT NULL DEFAULT '');
INSERT INTO "moves" VALUES(1,'2026-11-24T09:00:00+00:00','user','sent',1,1,'suggested','2026-11-24T08:00:00+00:00','','',0,'');
INSERT INTO "moves" VALUES(2,'2026-11-24T09:10:00+00:00','user','logged',0,2,'','','','',0,'');
INSERT INTO "moves" VALUES(3,'2026-11-24T09:20:00+00:00','user','dismissed',2,0,'suggested','2026-11-24T08:00:00+00:00','','',0,'');
INSERT INTO "moves" VALUES(4,'2026-11-25T09:20:00+00:00','user','answered',1,3,'sent','2026-11-24T09:00:00+00:00','','',0,'');
CREATE TABLE "runs" (
   "id" INTEGER PRIMARY KEY,
   "started" TEXT,
   "report" TEXT
);
INSERT INTO "runs" VALUES(1,'2026-11-24T08:00:00+00:00','{"day": "2026-11-24", "feeds": 1, "feeds_new": 1, "feeds_same": 0, "feeds_failed": 0, "feeds_resting": 0, "articles_read": 3, "articles_stored": 3, "stories": 3, "matches": 2, "sensitive": 1, "suggested": 2, "held": 5, "refused": {}, "moves": [], "problems": [], "seconds": {"answers": 0.0, "news": 0.131, "relevance": 1.763, "touchpoints": 0.145, "digest": 0.161, "delivery": 0.0, "handover": 0.072}}');
INSERT INTO "runs" VALUES(2,'2026-11-25T10:00:00+00:00','{"day": "2026-11-25", "feeds": 1, "feeds_new": 0, "feeds_same": 1, "feeds_failed": 0, "feeds_resting": 0, "articles_read": 0, "articles_stored": 3, "stories": 3, "matches": 2, "sensitive": 1, "suggested": 0, "held": 5, "refused": {}, "moves": [], "problems": [], "seconds": {"answers": 0.001, "news": 0.11, "relevance": 0.016, "touchpoints": 0.101, "digest": 0.327, "delivery": 0.0, "handover": 0.062}}');
CREATE TABLE "touchpoints" (
   "id" INTEGER PRIMARY KEY,
   "key" TEXT,
   "status" TEXT,
   "created" TEXT,
   "changed" TEXT,
   "until" TEXT,
   "because" TEXT,
   "suggestion" TEXT
, "edited" TEXT NOT NULL DEFAULT '');
INSERT INTO "touchpoints" VALUES(1,'thank_you:data/notes/halden.md:Tom Adeyemi','answered','2026-11-24T08:00:00+00:00','2026-11-25T09:20:00+00:00','','','{"key": "thank_you:data/notes/halden.md:Tom Adeyemi", "kind": "thank_you", "interview": "data/notes/halden.md", "company": "halden", "person": "Tom Adeyemi", "due": "2026-11-24T09:00:00+00:00", "reason": "the interview was yesterday at 14:30; a note within a day is remembered, after three it is routine. No story with it: bad news about Halden Freight (layoffs).", "draft": {"to": "tom@example.com", "subject": "Thank you for your time", "body": "Dear Tom,\n\nThank you for your time on Monday. The part about night shifts on the quay and noisy trucks stayed with me most: […]\n\nI came away even more interested than before. If it helps to go into more depth on something, I am glad to.\n\nKind regards\nSam\n", "sources": [{"sentence": "Thank you for your time", "said": "", "place": "", "text": ""}, {"sentence": "Dear Tom,", "said": "Tom", "place": "data/notes/halden.md, head › interviewers", "text": "Tom Adeyemi"}, {"sentence": "Thank you for your time on Monday.", "said": "on Monday", "place": "data/notes/halden.md, head › interviewed", "text": "2026-11-23"}, {"sentence": "The part about night shifts on the quay and noisy trucks stayed with me most: […]", "said": "night shifts on the quay and noisy trucks", "place": "data/notes/halden.md, line 7", "text": "night shifts on the quay and noisy trucks"}, {"sentence": "I came away even more interested than before.", "said": "", "place": "", "text": ""}, {"sentence": "If it helps to go into more depth on something, I am glad to.", "said": "", "place": "", "text": ""}, {"sentence": "Kind regards", "said": "Kind regards", "place": "feeds.yaml, settings › drafts › closing", "text": "Kind regards"}, {"sentence": "Sam", "said": "Sam", "place": "feeds.yaml, settings › drafts › name", "text": "Sam"}]}, "story": "", "story_title": "", "story_link": "", "story_source": "", "story_published": null, "story_paywalled": false, "note": null, "sentence": "", "terms": [], "score": 0.0, "passed": ["nothing sent since the interview"]}','');
INSERT INTO "touchpoints" VALUES(2,'thank_you:data/notes/halden.md:Aud Lunde','dismissed','2026-11-24T08:00:00+00:00','2026-11-24T09:20:00+00:00','','not-for-me','{"key": "thank_you:data/notes/halden.md:Aud Lunde", "kind": "thank_you", "interview": "data/notes/halden.md", "company": "halden", "person": "Aud Lunde", "due": "2026-11-24T09:00:00+00:00", "reason": "the interview was yesterday at 14:30; a note within a day is remembered, after three it is routine. No story with it: bad news about Halden Freight (layoffs).", "draft": {"to": "", "subject": "Thank you", "body": "Dear Aud,\n\nMany thanks for talking with me on Monday. One part has stayed with me, the one about night shifts on the quay and noisy trucks: […]\n\nI am still very interested, and glad to go deeper into any of it whenever it suits you.\n\nKind regards\nSam\n", "sources": [{"sentence": "Thank you", "said": "", "place": "", "text": ""}, {"sentence": "Dear Aud,", "said": "Aud", "place": "data/notes/halden.md, head › interviewers", "text": "Aud Lunde"}, {"sentence": "Many thanks for talking with me on Monday.", "said": "on Monday", "place": "data/notes/halden.md, head › interviewed", "text": "2026-11-23"}, {"sentence": "One part has stayed with me, the one about night shifts on the quay and noisy trucks: […]", "said": "night shifts on the quay and noisy trucks", "place": "data/notes/halden.md, line 7", "text": "night shifts on the quay and noisy trucks"}, {"sentence": "I am still very interested, and glad to go deeper into any of it whenever it suits you.", "said": "", "place": "", "text": ""}, {"sentence": "Kind regards", "said": "Kind regards", "place": "feeds.yaml, settings › drafts › closing", "text": "Kind regards"}, {"sentence": "Sam", "said": "Sam", "place": "feeds.yaml, settings › drafts › name", "text": "Sam"}]}, "story": "", "story_title": "", "story_link": "", "story_source": "", "story_published": null, "story_paywalled": false, "note": null, "sentence": "", "terms": [], "score": 0.0, "passed": ["nothing sent since the interview"]}','');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_articles_story"
    ON "articles" ("story");
CREATE UNIQUE INDEX "idx_touchpoints_key"
    ON "touchpoints" ("key");
CREATE INDEX "idx_articles_changed"
    ON "articles" ("changed");
CREATE INDEX "idx_articles_published_story"
    ON "articles" ("published", "story");
CREATE INDEX "idx_articles_seen"
    ON "articles" ("seen");
CREATE INDEX "idx_matches_story"
    ON "matches" ("story");
CREATE UNIQUE INDEX "idx_holds_company_story"
    ON "holds" ("company", "story");
CREATE INDEX "idx_articles_feed_published"
    ON "articles" ("feed", "published");
COMMIT;
PRAGMA user_version = 8;
