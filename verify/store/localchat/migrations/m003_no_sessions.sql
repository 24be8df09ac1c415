-- Sessions end with the desk and are in memory alone; so does the port, which others could wait at.

DROP TABLE session;
DELETE FROM setting WHERE name = 'port';
