-- Since when an account is signed out: asked each time accounts are shown, and events are many.
CREATE INDEX domain_event_refused ON domain_event(entity_id, seq) WHERE type = 'accountRefused';
