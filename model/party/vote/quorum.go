// Package vote knows the quorums and majorities of domain.md §3.6.
package vote

import "taizhang/model"

// Quorums and majorities of domain.md §3.6. The shares are limits of the rule
// packs, so that a county may set them; the names below say which of "以上" (the
// share itself suffices) and "超过" (it does not) each function means.

// ResolutionQuorum tells whether enough are there for an ordinary resolution of the
// branch meeting: half of the members with voting right who should attend, or more
// (《中国共产党支部工作条例(试行)》(2018)第十一条).
func ResolutionQuorum(p *model.Packs, on model.Date, due, present int64) bool {
	return p.Limit("vote.resolution.quorum", on).AtLeast(present, due)
}

// ResolutionPasses tells whether more than half of those who should attend say yes
// (same article).
func ResolutionPasses(p *model.Packs, on model.Date, due, yes int64) bool {
	return p.Limit("vote.resolution.majority", on).MoreThan(yes, due)
}

// AdmissionQuorum tells whether enough are there for admission, confirmation, extension
// and cancellation of a probationary member: more than half of those with voting right
// who should attend (《发展党员工作细则》).
func AdmissionQuorum(p *model.Packs, on model.Date, due, present int64) bool {
	return p.Limit("admission.quorum", on).MoreThan(present, due)
}

// AdmissionPasses tells whether more than half of those who should attend say yes (same
// rules).
func AdmissionPasses(p *model.Packs, on model.Date, due, yes int64) bool {
	return p.Limit("admission.majority", on).MoreThan(yes, due)
}

// ElectionQuorum tells whether enough are there for an election by the general meeting:
// four fifths of those who should attend, or more
// (《中国共产党基层组织选举工作条例》(2020)).
func ElectionQuorum(p *model.Packs, on model.Date, due, present int64) bool {
	return p.Limit("election.quorum", on).AtLeast(present, due)
}

// BallotsValid tells whether an election holds: it is void when more ballots come back
// than were issued.
func BallotsValid(issued, returned int64) bool { return returned <= issued }

// CandidatesNeeded gives the least number of candidates for a committee of so many
// seats: 20 % more than seats, rounded up (差额不少于 20%): 3→4, 5→6, 7→9.
func CandidatesNeeded(p *model.Packs, on model.Date, seats int64) int64 {
	l := p.Limit("election.candidates", on)
	per := max(l.Per, 1)
	return (seats*l.Value + per - 1) / per
}

// CommitteeQuorum tells whether enough are there for a meeting of the branch committee:
// half of its members or more (《中国共产党支部工作条例(试行)》(2018)第十二条).
func CommitteeQuorum(p *model.Packs, on model.Date, members, present int64) bool {
	return p.Limit("vote.committee.quorum", on).AtLeast(present, members)
}
