package store

// The store knows no kind but the one that holds the organisations, since every
// record belongs to one of them, and of it these fields.
const (
	orgKind     = "organization"
	orgCode     = "code"
	orgName     = "name"
	orgShort    = "short_name"
	orgClass    = "kind"
	orgDomain   = "domain"
	orgTownship = "township"
	orgCounty   = "county"
	orgPhone    = "phone"
	orgRated    = "rated" // is set for a home organisation
)
