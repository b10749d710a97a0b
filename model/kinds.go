package model

// Kinds are the thirty-six kinds of records.md, in the order of the menu.
var Kinds = NewCatalog(
	kindOrganization,
	kindPerson,
	kindMovement,
	kindDues,

	kindActivity,

	kindDemonstration,
)
