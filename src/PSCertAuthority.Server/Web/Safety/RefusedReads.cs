using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace PSCertAuthority.Server.Web.Safety;

/// <summary>What the engine refuses outside of a form becomes a page that says so, in the engine's own words.</summary>
internal sealed class RefusedReads : IExceptionFilter
{
    /// <inheritdoc/>
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is not CaException refused)
            return;
        StoreGuard.Note(context.HttpContext, refused);
        context.Result = new StatusCodeResult(refused.Category switch
        {
            _ when StoreGuard.IsAboutStore(refused) => StatusCodes.Status503ServiceUnavailable,
            CaErrorCategory.ObjectNotFound => StatusCodes.Status404NotFound,
            CaErrorCategory.InvalidArgument or CaErrorCategory.InvalidData => StatusCodes.Status400BadRequest,
            CaErrorCategory.ResourceBusy or CaErrorCategory.OperationTimeout => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        });
        context.ExceptionHandled = true;
    }
}
