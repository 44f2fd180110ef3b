-- What staff decided about questions that were not answered. By a hash of the normal form: decisions outlive the texts.
CREATE TABLE decisions (
    phrase TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    deed TEXT NOT NULL,
    target TEXT,
    at DOUBLE PRECISION NOT NULL
);
