package count

import "slices"

// The groups of the summary, in its order.
const (
	groupBase  = "基础工程"
	groupJoint = "联创工程"
	groupTrain = "培训工程"
	groupLead  = "双带工程"
	groupModel = "示范工程"
	groupShelf = "台账"
)

// Indicators gives the lines of the summary, in its order.
func Indicators() []*Indicator {
	return slices.Concat(indicatorsBase, indicatorsJoint, indicatorsTraining, indicatorsLead, indicatorsModel, indicatorsShelf)
}

// SourceFigures gives F01–F38 of domain.md §11.1, in their order, but for those
// that are damaged in the source.
func SourceFigures() []*Indicator {
	return slices.Concat(sourceFiguresRating, sourceFiguresHelp, sourceFiguresCadre, sourceFiguresLead, sourceFiguresModel)
}
