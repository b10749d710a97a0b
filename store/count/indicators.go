package count

import "slices"

// The groups of the summary, in its order.
const (
	GroupBase  = "基础工程"
	GroupJoint = "联创工程"
	GroupTrain = "培训工程"
	GroupLead  = "双带工程"
	GroupModel = "示范工程"
	groupShelf = "台账"
)

// Indicators gives the lines of the summary, in its order.
func Indicators() []*Indicator {
	return slices.Concat(indicatorsBase, indicatorsJoint, indicatorsTraining, indicatorsLead, indicatorsModel, indicatorsShelf)
}
