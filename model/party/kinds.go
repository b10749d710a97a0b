// Package party is what a village party branch keeps: the thirty-six kinds of records.md,
// a file each, with their rules, what falls due and the code lists.
package party

import "taizhang/model"

// Kinds are the thirty-six kinds of records.md, in the order of the menu.
var Kinds = model.ProvenCatalog(withLate(
	kindOrganization,
	kindUnit,
	kindPerson,
	kindMovement,
	kindPosition,
	kindReserve,
	kindAdmission,
	kindObservation,
	kindElection,
	kindDues,
	kindRemittance,
	kindAppraisal,
	kindTalk,

	kindGoal,
	kindPanel,
	kindActivity,
	kindAssessment,
	kindLinkage,
	kindVisit,
	kindAid,
	kindPairing,
	kindRegulation,
	kindCircular,
	kindPlan,
	kindDecision,
	kindPledge,
	kindDuty,
	kindPlace,

	kindTraining,
	kindSkill,

	kindUndertaking,
	kindCultivation,

	kindDemonstration,
	kindSupply,
	kindHonor,
	kindPublicity,
)...)
