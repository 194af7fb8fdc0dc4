"""Forms are drawn by our own templates, in the markup of the U.S. Web Design System."""

from django.forms.renderers import TemplatesSetting


class UswdsRenderer(TemplatesSetting):
    """Every `{{ form }}` gets labels, hints, errors beside the field and a summary on top."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
