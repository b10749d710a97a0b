package city

// rest writes the records of all other kinds, block by block; a block comes after
// those whose records it refers to.
func (b *gathering) rest() {
	b.admissions()
	b.rooms()
	b.demonstrations()
	b.meetings()
	b.paid()
	b.appraisals()
	b.talks()
	b.reserves()
	b.assessments()
	b.help()
	b.shelf()
	b.promises()
	b.supplies()
	b.classes()
	b.skills()
	b.undertakings()
	b.cultivations()
	b.praise()
	b.halfMeeting()
}
