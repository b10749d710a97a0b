package count

// What goes along with a person who moves to another organisation (model.Travel) stays on
// file where it was done, too. It is counted there and not where it was brought: not by a
// county, which has both books, and not by the village that the person came to, which
// had no part in it. By its day it was done elsewhere; nothing else marks it, so that
// it is the same whether it came by a package or was copied from the person's papers. What
// came from outside the county is no doing of the county's either.
//
// Dues need no rule: they count for the months at whose end the person was a member, and as
// paid where they were paid (流入地交).

// notElsewhere tells of a record of a person on file, by an expression for its day, that the
// person stood here then. The set elsewhere has to be named beside it.
func notElsewhere(record, day string) string {
	return " AND NOT EXISTS (SELECT 1 FROM elsewhere e WHERE e.person_id = " + record + ".person AND e.org_id = " + record + ".org_id AND " +
		day + " >= e.from_day AND " + day + " < e.until_day)"
}

// brought leaves out of the rows of kinds, by their names, what was brought along as a
// whole. An appraisal without its day is taken for one of the first day of its year. An
// office is one of elsewhere where it was both begun and ended there, also by the transfer.
var brought = map[string]string{
	"appraisal": ` AND NOT EXISTS (SELECT 1 FROM temp.base_elsewhere e WHERE e.person_id = "appraisal".person AND e.org_id = "appraisal".org_id
	AND coalesce("appraisal".held_on, "appraisal".year || '-01-01') >= e.from_day AND coalesce("appraisal".held_on, "appraisal".year || '-01-01') < e.until_day)`,
	positionKind: ` AND NOT EXISTS (SELECT 1 FROM temp.base_elsewhere e WHERE e.person_id = "position".person AND e.org_id = "position".org_id
	AND "position".started_on >= e.from_day AND "position".started_on < e.until_day AND "position".ended_on <= e.until_day)`,
}

// byMemberships are the names in statements that need the sets of members.
var byMemberships = []string{"stay", "passage", "member", "waiting", "elsewhere", "appraisal", positionKind, "position_at", "committee", "cadre", "secretary"}

// AdmittedHere tells of an admission a that it was approved here, for statements.
var AdmittedHere = notElsewhere("a", "a.approved_on")
