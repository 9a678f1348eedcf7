BEGIN TRANSACTION;
CREATE TABLE claim_blocks (
	claim_id VARCHAR NOT NULL, 
	block VARCHAR NOT NULL, 
	PRIMARY KEY (claim_id, block), 
	FOREIGN KEY(claim_id) REFERENCES claims (claim_id) ON DELETE CASCADE
);
INSERT INTO "claim_blocks" VALUES('1deacaaaa166e975:0-10:i1','iattack|TUR|2024-1');
INSERT INTO "claim_blocks" VALUES('8620e9c264335575:0-10:i1','iattack|TUR|2024-1');
INSERT INTO "claim_blocks" VALUES('bfafc405b6834b86:0-10:r1','rlabour|RUS|long');
INSERT INTO "claim_blocks" VALUES('bfafc405b6834b86:0-10:r1','rlabour|TJK|long');
CREATE TABLE claim_places (
	claim_id VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	mention TEXT NOT NULL, 
	start INTEGER, 
	"end" INTEGER, 
	place_id VARCHAR, 
	place VARCHAR NOT NULL, 
	lat FLOAT, 
	lon FLOAT, 
	iso3 VARCHAR, 
	admin1 VARCHAR, 
	precision VARCHAR, 
	place_kind VARCHAR, 
	inferred BOOLEAN NOT NULL, 
	PRIMARY KEY (claim_id, seq), 
	FOREIGN KEY(claim_id) REFERENCES claims (claim_id) ON DELETE CASCADE
);
INSERT INTO "claim_places" VALUES('1deacaaaa166e975:0-10:i1',0,'location','Istanbul',NULL,NULL,'geonames:745044','Istanbul',41.01,28.95,'TUR','Istanbul','city','settlement',0);
INSERT INTO "claim_places" VALUES('8620e9c264335575:0-10:i1',0,'location','Istanbul',NULL,NULL,'geonames:745044','Istanbul',41.01,28.95,'TUR','Istanbul','city','settlement',0);
INSERT INTO "claim_places" VALUES('bfafc405b6834b86:0-10:r1',0,'origin','Tajikistan',NULL,NULL,'country:TJK','Tajikistan',39.0,71.0,'TJK',NULL,'country','country',0);
INSERT INTO "claim_places" VALUES('bfafc405b6834b86:0-10:r1',1,'destination','Russia',NULL,NULL,'country:RUS','Russia',61.5,95.0,'RUS',NULL,'country','country',0);
CREATE TABLE claims (
	claim_id VARCHAR NOT NULL, 
	doc_id VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	kind VARCHAR NOT NULL, 
	subkind VARCHAR NOT NULL, 
	certainty VARCHAR NOT NULL, 
	confidence FLOAT NOT NULL, 
	date_start VARCHAR, 
	date_end VARCHAR, 
	date_precision VARCHAR NOT NULL, 
	place VARCHAR, 
	iso3 VARCHAR, 
	nationalities TEXT NOT NULL, 
	groups TEXT NOT NULL, 
	killed_low INTEGER, 
	killed_best INTEGER, 
	killed_high INTEGER, 
	injured_low INTEGER, 
	injured_best INTEGER, 
	injured_high INTEGER, 
	arrested_low INTEGER, 
	arrested_best INTEGER, 
	arrested_high INTEGER, 
	people_low INTEGER, 
	people_best INTEGER, 
	people_high INTEGER, 
	rule VARCHAR NOT NULL, 
	origin TEXT, 
	part_of VARCHAR, 
	payload TEXT NOT NULL, 
	PRIMARY KEY (claim_id), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id) ON DELETE CASCADE
);
INSERT INTO "claims" VALUES('1deacaaaa166e975:0-10:i1','1deacaaaa166e975',0,0,10,'Text of a,','incident','attack','reported',0.5,'2024-01-28','2024-01-28','day','Istanbul','TUR','','',1,1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,'{"doc": "a", "kind": "incident", "subkind": "attack", "start": 0, "end": 10, "date": {"start": "2024-01-28", "end": "2024-01-28", "precision": "day"}, "places": [{"mention": "Istanbul", "start": null, "end": null, "role": "location", "name": "Istanbul", "lat": 41.01, "lon": 28.95, "country": "TUR", "admin1": "Istanbul", "precision": "city", "kind": "settlement", "inferred": false}], "groups": [], "nationalities": [], "counts": {"killed": {"low": 1, "best": 1, "high": 1}}, "certainty": "reported", "confidence": 0.5, "rule": "", "date_span": null, "count_spans": {}, "part_of": null, "origin": null, "mode": null}');
INSERT INTO "claims" VALUES('8620e9c264335575:0-10:i1','8620e9c264335575',0,0,10,'Text of b,','incident','attack','reported',0.5,'2024-01-28','2024-01-28','day','Istanbul','TUR','','ISIS',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,'{"doc": "b", "kind": "incident", "subkind": "attack", "start": 0, "end": 10, "date": {"start": "2024-01-28", "end": "2024-01-28", "precision": "day"}, "places": [{"mention": "Istanbul", "start": null, "end": null, "role": "location", "name": "Istanbul", "lat": 41.01, "lon": 28.95, "country": "TUR", "admin1": "Istanbul", "precision": "city", "kind": "settlement", "inferred": false}], "groups": ["ISIS"], "nationalities": [], "counts": {}, "certainty": "reported", "confidence": 0.5, "rule": "", "date_span": null, "count_spans": {}, "part_of": null, "origin": null, "mode": null}');
INSERT INTO "claims" VALUES('bfafc405b6834b86:0-10:r1','bfafc405b6834b86',0,0,10,'Text of r,','route','labour_migration','reported',0.5,NULL,NULL,'unknown','Russia','RUS','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,'{"doc": "r", "kind": "route", "subkind": "labour_migration", "start": 0, "end": 10, "date": {"start": null, "end": null, "precision": "unknown"}, "places": [{"mention": "Tajikistan", "start": null, "end": null, "role": "origin", "name": "Tajikistan", "lat": 39.0, "lon": 71.0, "country": "TJK", "admin1": null, "precision": "country", "kind": "country", "inferred": false}, {"mention": "Russia", "start": null, "end": null, "role": "destination", "name": "Russia", "lat": 61.5, "lon": 95.0, "country": "RUS", "admin1": null, "precision": "country", "kind": "country", "inferred": false}], "groups": [], "nationalities": [], "counts": {}, "certainty": "reported", "confidence": 0.5, "rule": "", "date_span": null, "count_spans": {}, "part_of": null, "origin": null, "mode": null}');
CREATE TABLE documents (
	doc_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	title TEXT, 
	publisher TEXT, 
	published VARCHAR, 
	published_from VARCHAR, 
	url TEXT, 
	path TEXT, 
	text TEXT NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	ingested VARCHAR NOT NULL, 
	PRIMARY KEY (doc_id)
);
INSERT INTO "documents" VALUES('1deacaaaa166e975','a',NULL,NULL,NULL,NULL,NULL,NULL,'Text of a, long enough to hold offsets.','cd1db0e78ac75b8a','2026-11-24T15:37:09+00:00');
INSERT INTO "documents" VALUES('8620e9c264335575','b',NULL,NULL,NULL,NULL,NULL,NULL,'Text of b, long enough to hold offsets.','135c1ef2ebfebd15','2026-11-24T15:37:09+00:00');
INSERT INTO "documents" VALUES('bfafc405b6834b86','r',NULL,NULL,NULL,NULL,NULL,NULL,'Text of r, long enough to hold offsets.','4ae434d0a44e26de','2026-11-24T15:37:09+00:00');
CREATE TABLE event_claims (
	claim_id VARCHAR NOT NULL, 
	event_id VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (claim_id), 
	FOREIGN KEY(claim_id) REFERENCES claims (claim_id) ON DELETE CASCADE, 
	FOREIGN KEY(event_id) REFERENCES events (event_id) ON DELETE CASCADE
);
INSERT INTO "event_claims" VALUES('1deacaaaa166e975:0-10:i1','ef35369f34e1','');
INSERT INTO "event_claims" VALUES('8620e9c264335575:0-10:i1','ef35369f34e1','same place (Istanbul); same dates (2024-01-28)');
INSERT INTO "event_claims" VALUES('bfafc405b6834b86:0-10:r1','e3428185642c','');
CREATE TABLE events (
	event_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	subkind VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	certainty VARCHAR NOT NULL, 
	confidence FLOAT NOT NULL, 
	date_start VARCHAR, 
	date_end VARCHAR, 
	date_precision VARCHAR NOT NULL, 
	place_id VARCHAR, 
	place VARCHAR, 
	lat FLOAT, 
	lon FLOAT, 
	iso3 VARCHAR, 
	admin1 VARCHAR, 
	precision VARCHAR, 
	place_kind VARCHAR, 
	country VARCHAR, 
	admin1_id VARCHAR, 
	countries TEXT NOT NULL, 
	nationalities TEXT NOT NULL, 
	groups TEXT NOT NULL, 
	killed_low INTEGER, 
	killed_best INTEGER, 
	killed_high INTEGER, 
	injured_low INTEGER, 
	injured_best INTEGER, 
	injured_high INTEGER, 
	arrested_low INTEGER, 
	arrested_best INTEGER, 
	arrested_high INTEGER, 
	people_low INTEGER, 
	people_best INTEGER, 
	people_high INTEGER, 
	conflicts TEXT NOT NULL, 
	n_claims INTEGER NOT NULL, 
	n_sources INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (event_id)
);
INSERT INTO "events" VALUES('ef35369f34e1','incident','attack','Attack, Istanbul','reported',0.5,'2024-01-28','2024-01-28','day',NULL,'Istanbul',41.01,28.95,'TUR','Istanbul','city','settlement','Turkey','TUR:istanbul','TUR','','ISIS',1,1,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',2,2,'Text of a,');
INSERT INTO "events" VALUES('e3428185642c','route','labour_migration','Labour migration, Tajikistan → Russia','reported',0.5,NULL,NULL,'unknown',NULL,'Russia',61.5,95.0,'RUS',NULL,'country','country','Russia',NULL,'RUS|TJK','','',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',1,1,'Text of r,');
CREATE TABLE mentions (
	doc_id VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	kind VARCHAR NOT NULL, 
	literal BOOLEAN NOT NULL, 
	confidence FLOAT NOT NULL, 
	place_id VARCHAR, 
	place VARCHAR, 
	lat FLOAT, 
	lon FLOAT, 
	iso3 VARCHAR, 
	admin1 VARCHAR, 
	precision VARCHAR, 
	place_kind VARCHAR, 
	why TEXT NOT NULL, 
	PRIMARY KEY (doc_id, seq), 
	FOREIGN KEY(doc_id) REFERENCES documents (doc_id) ON DELETE CASCADE
);
INSERT INTO "mentions" VALUES('1deacaaaa166e975',0,0,4,'Text','name',1,0.9,'country:TUR','Turkey',39.0,35.0,'TUR',NULL,'country','country','only one of its name');
INSERT INTO "mentions" VALUES('8620e9c264335575',0,0,4,'Text','name',1,0.9,'country:TUR','Turkey',39.0,35.0,'TUR',NULL,'country','country','only one of its name');
INSERT INTO "mentions" VALUES('bfafc405b6834b86',0,0,4,'Text','name',1,0.9,'country:TUR','Turkey',39.0,35.0,'TUR',NULL,'country','country','only one of its name');
CREATE TABLE meta (
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema_version','1');
INSERT INTO "meta" VALUES('data_version','3');
CREATE TABLE stops (
	event_id VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	mention TEXT NOT NULL, 
	place_id VARCHAR, 
	place VARCHAR NOT NULL, 
	lat FLOAT, 
	lon FLOAT, 
	iso3 VARCHAR, 
	admin1 VARCHAR, 
	precision VARCHAR, 
	place_kind VARCHAR, 
	inferred BOOLEAN NOT NULL, 
	PRIMARY KEY (event_id, seq), 
	FOREIGN KEY(event_id) REFERENCES events (event_id) ON DELETE CASCADE
);
INSERT INTO "stops" VALUES('e3428185642c',0,'origin','Tajikistan',NULL,'Tajikistan',39.0,71.0,'TJK',NULL,'country','country',0);
INSERT INTO "stops" VALUES('e3428185642c',1,'destination','Russia',NULL,'Russia',61.5,95.0,'RUS',NULL,'country','country',0);
CREATE INDEX ix_documents_path ON documents (path);
CREATE INDEX ix_claims_doc_id ON claims (doc_id);
CREATE INDEX ix_claim_blocks_block ON claim_blocks (block);
CREATE INDEX ix_event_claims_event_id ON event_claims (event_id);
COMMIT;
